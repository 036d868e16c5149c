"""Certificates of the office's own: who may be named, when they are renewed, what they may not sign."""

import os
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import verification

from rembuk.cli.certificates import certificates

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
NAMES = ["rembuk.kantor", "192.168.1.10", "[::1]"]


def leaf_of(chain: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates(chain.read_bytes())[0]


def verified(made, name: str, now: datetime = NOW) -> None:
    """Ask the library's verifier, as a browser would, whether the server may call itself *name*."""
    leaf, authority = x509.load_pem_x509_certificates(made.chain.read_bytes())
    subject = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    builder = verification.PolicyBuilder().store(verification.Store([authority])).time(now)
    builder.build_server_verifier(subject).verify(leaf, [])


def test_the_server_may_call_itself_by_each_of_its_names(tmp_path: Path) -> None:
    made = certificates(tmp_path, NAMES, NOW)
    verified(made, "rembuk.kantor")
    verified(made, "192.168.1.10")


def test_it_may_not_call_itself_anything_else(tmp_path: Path) -> None:
    made = certificates(tmp_path, NAMES, NOW)
    with pytest.raises(verification.VerificationError):
        verified(made, "bank.example")


def test_the_authority_may_sign_for_no_page_outside(tmp_path: Path) -> None:
    made = certificates(tmp_path, NAMES, NOW)
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    named = {entry.value for entry in limits.value.permitted_subtrees or [] if isinstance(entry, x509.DNSName)}
    assert named == {"rembuk.kantor"}


@pytest.mark.skipif(os.name != "posix", reason="rights of files as POSIX has them")
def test_the_keys_are_their_owners_alone(tmp_path: Path) -> None:
    made = certificates(tmp_path, NAMES, NOW)
    for key in (made.key, made.authority.with_suffix(".kunci")):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        serialization.load_pem_private_key(key.read_bytes(), password=None)


def test_a_second_start_keeps_what_phones_trust(tmp_path: Path) -> None:
    first = certificates(tmp_path, NAMES, NOW)
    before = first.chain.read_bytes(), first.authority.read_bytes()
    again = certificates(tmp_path, NAMES, NOW + timedelta(days=100))
    assert (again.chain.read_bytes(), again.authority.read_bytes()) == before


def test_a_certificate_that_soon_ends_is_renewed_under_the_same_authority(tmp_path: Path) -> None:
    trusted = certificates(tmp_path, NAMES, NOW).authority.read_bytes()
    later = NOW + timedelta(days=380)
    made = certificates(tmp_path, NAMES, later)
    assert made.authority.read_bytes() == trusted
    assert leaf_of(made.chain).not_valid_after_utc > later + timedelta(days=300)
    verified(made, "rembuk.kantor", later)


def test_a_new_address_in_the_office_keeps_the_authority_and_a_new_name_makes_another(tmp_path: Path) -> None:
    trusted = certificates(tmp_path, NAMES, NOW).authority.read_bytes()
    moved = certificates(tmp_path, ["rembuk.kantor", "192.168.7.20", "[::1]"], NOW)
    assert moved.authority.read_bytes() == trusted
    verified(moved, "192.168.7.20")
    renamed = certificates(tmp_path, ["desa.kantor"], NOW)
    assert renamed.authority.read_bytes() != trusted
    verified(renamed, "desa.kantor")


def test_without_a_name_there_is_no_certificate(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        certificates(tmp_path, [" "], NOW)
    assert not (tmp_path / "https").exists()
