"""Certificates of the office's own: https in a network without a domain, so that phones may work without a signal.

An authority is made once and stays with the data folder; phones and laptops of the office trust it by hand, once. It
can sign for nothing but the names of this office and private addresses, so that its loss endangers no other page.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
# Browsers refuse certificates of a server that are valid for more than 398 days.
SERVER_DAYS = 397
RENEW_DAYS = 30
PRIVATE = tuple(IPv4Network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8"))


@dataclass(frozen=True, slots=True)
class Certificates:
    """The files that the server reads, and the one that the office's phones must trust."""

    chain: Path
    key: Path
    authority: Path


def certificates(folder: Path, names: Sequence[str], now: datetime | None = None) -> Certificates:
    """Return the certificates of *names*, making or renewing what is missing, soon to end or for other names.

    folder: the data folder. names: host names and addresses as REMBUK_HOSTS has them. Raises: ValueError without names.
    """
    now = now or datetime.now(UTC)
    wanted = [name.strip(" []") for name in names if name.strip(" []")]
    if not wanted:
        raise ValueError("a certificate needs a name")
    place = folder / "https"
    place.mkdir(mode=0o700, exist_ok=True)
    made = Certificates(place / "peladen.pem", place / "peladen.kunci", place / "penerbit.pem")
    if not holds_authority(place, wanted, now):
        make_authority(place, wanted, now)
        made.chain.unlink(missing_ok=True)
    if not fits(made, wanted, now):
        make_server(place, made, wanted, now)
    return made


def fingerprint(authority: Path) -> str:
    """Return the SHA-256 of a certificate as phones show it, in pairs: what an officer compares before trusting it."""
    digest = x509.load_pem_x509_certificate(authority.read_bytes()).fingerprint(hashes.SHA256())
    return digest.hex(":").upper()


def holds_authority(place: Path, names: Sequence[str], now: datetime) -> bool:
    """Return whether there is an authority that lasts and may sign for all *names*."""
    path = place / "penerbit.pem"
    if not path.exists() or not (place / "penerbit.kunci").exists():
        return False
    authority = x509.load_pem_x509_certificate(path.read_bytes())
    allowed = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    known = {entry.value for entry in allowed if isinstance(entry, x509.DNSName)}
    nets = [
        entry.value
        for entry in allowed
        if isinstance(entry, x509.IPAddress) and isinstance(entry.value, IPv4Network | IPv6Network)
    ]
    lasts = authority.not_valid_after_utc > now + timedelta(days=SERVER_DAYS)
    return lasts and all(
        any(address in net for net in nets) if (address := address_of(name)) else name in known for name in names
    )


def fits(made: Certificates, names: Sequence[str], now: datetime) -> bool:
    """Return whether the server's certificate is for exactly these names and not about to end."""
    if not made.chain.exists() or not made.key.exists():
        return False
    leaf = x509.load_pem_x509_certificates(made.chain.read_bytes())[0]
    stored = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(stored) == set(general(names)) and leaf.not_valid_after_utc > now + timedelta(days=RENEW_DAYS)


def make_authority(place: Path, names: Sequence[str], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Rembuk {now:%Y-%m-%d} {names[0]}"[:64])])
    addresses = [x509.IPAddress(net) for net in PRIVATE]
    others = [entry for entry in general(names) if isinstance(entry, x509.DNSName)]
    single = [address for name in names if (address := address_of(name)) and not in_private(address)]
    limits = [*addresses, *(x509.IPAddress(one_address(address)) for address in single), *others]
    built = (
        begun(subject, subject, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(limits, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write(place / "penerbit.kunci", private_bytes(key), 0o600)
    write(place / "penerbit.pem", built.public_bytes(serialization.Encoding.PEM), 0o644)


def make_server(place: Path, made: Certificates, names: Sequence[str], now: datetime) -> None:
    signer = serialization.load_pem_private_key((place / "penerbit.kunci").read_bytes(), password=None)
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise ValueError("penerbit.kunci is not a key made here")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    built = (
        begun(subject, authority.subject, key.public_key(), now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(general(names)), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    write(made.key, private_bytes(key), 0o600)
    write(made.chain, built.public_bytes(serialization.Encoding.PEM) + made.authority.read_bytes(), 0o644)


def begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    """Begin a certificate; a day of grace for computers whose clock is late."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days - 1))
    )


def usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def general(names: Sequence[str]) -> list[x509.GeneralName]:
    return [x509.IPAddress(address) if (address := address_of(name)) else x509.DNSName(name) for name in names]


def address_of(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def in_private(address: IPv4Address | IPv6Address) -> bool:
    return any(address in net for net in PRIVATE)


def one_address(address: IPv4Address | IPv6Address) -> IPv4Network | IPv6Network:
    return IPv4Network(address) if isinstance(address, IPv4Address) else IPv6Network(address)


def private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def write(path: Path, data: bytes, mode: int) -> None:
    """Write a whole file or none, readable by its owner alone where *mode* says so from the first byte."""
    beside = path.with_suffix(".baru")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
    beside.replace(path)
