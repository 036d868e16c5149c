"""The text that is signed, receipts, and what is refused as no envelope."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.offline.envelope import (
    MalformedError,
    from_base64,
    read_envelope,
    read_time,
    receipt_of,
    status_text,
    to_base64,
)
from rembuk.core.offline.judging import flags_of, happened, skew_of
from rembuk.core.offline.kinds import KINDS, read_body
from rembuk.core.offline.sealing import SealError, new_server_key, read_device_key, read_server_key, signed_by
from rembuk.core.offline.states import DECIDED, OPEN, TRANSITIONS, Event, State, next_state

ID = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
SENT = {
    "id": ID,
    "kind": "attendance",
    "schema": 1,
    "device": "6fa459ea-ee8a-4ca4-894e-db77e160355e",
    "person": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "assignment": "9b2d1c3e-0f4a-4b6c-8d7e-1a2b3c4d5e6f",
    "package": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "captured_at": "2026-09-22T01:15:02.123Z",
    "after": [],
    "parts": ["a" * 64, "b" * 64],
    "key": "20260920-1a2b3c4d",
    "wrapped": "d3JhcHBlZA",
    "iv": "aXY",
    "body": "Ym9keQ",
    "signature": "c2ln",
}
NOW = datetime(2026, 9, 22, 2, 0, tzinfo=UTC)


def test_the_signed_text_is_the_one_of_the_contract_byte_for_byte():
    envelope = read_envelope(SENT)
    assert envelope.signed_text == "\n".join(
        [
            "rembuk-envelope-1", ID, "attendance", "1", SENT["device"], SENT["person"], SENT["assignment"],
            SENT["package"], "2026-09-22T01:15:02.123Z", "", "a" * 64 + "," + "b" * 64, "20260920-1a2b3c4d",
            "d3JhcHBlZA", "aXY", "Ym9keQ",
        ]
    )  # fmt: skip
    assert envelope.digest == hashlib.sha256((envelope.signed_text + "\nc2ln").encode()).hexdigest()
    assert status_text("d", "t", ["a", "b"]) == "rembuk-status-1\nd\nt\na,b"


def test_a_receipt_is_three_groups_of_the_digest():
    assert receipt_of("9f3a22c107be" + "0" * 52) == "9F3A-22C1-07BE"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ID.upper()), ("id", None), ("kind", ""), ("kind", "a b"), ("schema", "1"), ("schema", True),
        ("schema", 0), ("captured_at", "2026-09-22T01:15:02Z"), ("captured_at", "2026-02-30T01:15:02.123Z"),
        ("after", "x"), ("after", [ID] * 21), ("parts", ["A" * 64]), ("body", "a+b"), ("signature", "a="),
        ("key", "\n"),
    ],
)  # fmt: skip
def test_what_is_no_envelope_names_the_field_that_cannot_be_read(field, value):
    with pytest.raises(MalformedError) as refused:
        read_envelope({**SENT, field: value})
    assert refused.value.field == field


PLAIN = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_anything_at_all_is_either_an_envelope_or_refused(value):
    with pytest.raises(MalformedError):
        read_envelope(value)


@given(st.sampled_from(sorted(SENT)), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))
def test_an_envelope_with_one_odd_field_is_read_or_refused_and_nothing_else(field, value):
    try:
        envelope = read_envelope({**SENT, field: value})
    except MalformedError:
        return
    assert "\n" not in envelope.id + envelope.kind + envelope.key and len(envelope.head.split("\n")) == 12


@given(st.binary())
def test_base64_goes_both_ways_without_padding(data):
    assert from_base64(to_base64(data)) == data and "=" not in to_base64(data)


@given(st.text())
def test_base64_that_is_none_is_refused(text):
    try:
        from_base64(text)
    except ValueError:
        return
    assert all(char.isascii() for char in text)


def signature_of(key: ec.EllipticCurvePrivateKey, text: str) -> str:
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return to_base64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def test_a_signature_holds_for_its_text_and_key_alone():
    key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    spki, another = (to_base64(each.public_key().public_bytes(*form)) for each in (key, other))
    signature = signature_of(key, "teks")
    assert signed_by(spki, "teks", signature)
    assert not signed_by(spki, "teks ", signature)
    assert not signed_by(another, "teks", signature)
    assert not any(signed_by(spki, "teks", odd) for odd in ("", "x", "é", to_base64(bytes(64)), to_base64(b"1" * 64)))


def test_only_a_key_on_p256_is_a_device_key():
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    wrong = ec.generate_private_key(ec.SECP384R1()).public_key().public_bytes(*form)
    for spki in ("", "AAAA", to_base64(wrong), new_server_key()[0], base64.b64encode(b"x" * 91).decode()):
        with pytest.raises(SealError):
            read_device_key(spki)


def test_a_server_key_is_rsa_3072_and_opens_again_from_its_bytes():
    _spki, raw = new_server_key()
    assert read_server_key(raw).key_size == 3072


def test_nothing_received_can_leave_the_table_of_states():
    assert {state for state, _event in TRANSITIONS} == set(State) - DECIDED
    assert all(state in State for state in TRANSITIONS.values())
    assert frozenset({State.RECEIVED, State.WAITING}) == OPEN
    for state in DECIDED:
        for event in Event:
            with pytest.raises(IllegalTransitionError):
                next_state(state, event)


@pytest.mark.parametrize(("minutes", "seconds"), [(0, 0), (10, 0), (-10, 0), (11, 660), (-180, -10_800)])
def test_a_clock_is_put_right_only_beyond_ten_minutes(minutes, seconds):
    assert skew_of(NOW - timedelta(minutes=minutes), NOW).total_seconds() == seconds
    assert skew_of(None, NOW) == timedelta(0)
    assert skew_of(NOW.replace(year=1970), NOW) > timedelta(days=20_000)
    assert skew_of(NOW.replace(year=2500), NOW) == timedelta(0)


def test_nothing_happened_after_it_came_in():
    assert happened(NOW + timedelta(hours=3), timedelta(0), NOW) == NOW
    assert happened(NOW - timedelta(hours=4), timedelta(hours=3), NOW) == NOW - timedelta(hours=1)


def test_flags_name_the_clock_the_age_of_the_rights_and_the_missing_package():
    def flags(captured, issued=NOW - timedelta(days=20), until=NOW - timedelta(days=6)):
        return flags_of(captured=captured, received=NOW, skew=timedelta(0), issued=issued, rights_until=until)

    assert flags(NOW - timedelta(days=7)) == []
    assert flags(NOW - timedelta(days=5)) == ["rights-stale"]
    assert flags(NOW - timedelta(days=21)) == ["clock"]
    assert flags(NOW + timedelta(minutes=11), until=NOW + timedelta(days=1)) == ["clock"]
    assert flags(NOW, issued=None, until=None) == ["package-unknown"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
@given(data=st.data())
def test_any_body_is_read_into_values_or_names_what_is_wrong(kind, data):
    odd = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers() | st.text())
    sent = data.draw(st.dictionaries(st.sampled_from(sorted(kind.names)) | st.text(max_size=5), odd))
    body = read_body(kind, sent)
    assert set(body.values) == kind.names and set(body.wrong) <= kind.names
    assert not set(body.extra) & kind.names
    needed = [each.name for each in kind.fields if each.need and sent.get(each.name) in (None, "")]
    assert set(needed) <= set(body.wrong)


def test_every_field_that_is_laid_side_by_side_is_one_of_its_kind():
    assert all(set(kind.versus) <= kind.names for kind in KINDS.values())
    assert all(("base" in kind.names) == (kind.rule == "one") for kind in KINDS.values())


@pytest.mark.parametrize(
    "text", ["", "2026-09-22", "2026-09-22T01:15:02.123+00:00", "2026-13-22T01:15:02.123Z", "9999-12-31T23:59:59.999Z"]
)
def test_a_time_written_otherwise_is_refused(text):
    with pytest.raises(ValueError):
        read_time(text)
