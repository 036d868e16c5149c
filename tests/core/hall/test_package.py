"""The signed package: whole, or refused with the way out."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rembuk.core.errors import RefusedError
from rembuk.core.hall.package import check_fit, open_package, write_package

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = datetime(2026, 9, 12, 1, 0, tzinfo=UTC)
MANIFEST = {
    "id": "x",
    "program": "1.0",
    "schema": "abc",
    "expires_at": (NOW + timedelta(days=7)).isoformat(),
    "village": {"key": "64.02.01.2001", "code": "64.02.01.2001", "name": "Desa Melintang"},
}
MEMBERS = {"rows/a.json": b'{"rows": [1, 2, 3]}', "rows/b.json": b"[]" * 400}


def changed(data, name, content):
    """Return the zip with one member put in place of another, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        if content is not None:
            new.writestr(name, content)
    return out.getvalue()


def refused(data):
    with pytest.raises(RefusedError) as told:
        open_package(data)
    return told.value.code


def test_what_was_packed_comes_out_again_and_the_same_content_is_the_same_file():
    data = write_package(MANIFEST, MEMBERS, KEY)
    opened = open_package(data)
    assert opened.members == MEMBERS
    assert opened.manifest["village"]["name"] == "Desa Melintang"
    assert write_package(MANIFEST, dict(reversed(MEMBERS.items())), KEY) == data


def test_a_member_that_was_changed_added_or_left_out_is_found():
    data = write_package(MANIFEST, MEMBERS, KEY)
    assert refused(changed(data, "rows/a.json", b'{"rows": [1, 2, 4]}')) == "hall-altered"
    assert refused(changed(data, "rows/new.json", b"[]")) == "hall-altered"
    assert refused(changed(data, "rows/b.json", None)) == "hall-altered"


def test_a_manifest_that_was_changed_or_signed_by_nobody_is_found():
    data = write_package(MANIFEST, MEMBERS, KEY)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        text = file.read("manifest.json")
    assert refused(changed(data, "manifest.json", text.replace(b"2026", b"2027", 1))) == "hall-altered"
    assert refused(changed(data, "manifest.sig", b"0" * 64)) == "hall-altered"


def test_a_flipped_byte_anywhere_never_opens_as_another_package():
    data = write_package(MANIFEST, MEMBERS, KEY)
    whole = open_package(data)
    for place in range(0, len(data), 7):
        broken = data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :]
        try:
            opened = open_package(broken)
        except RefusedError as error:
            assert error.code in ("hall-altered", "hall-not-a-package")
        else:  # a byte of a file name's date or the like: what is read is still what was signed
            assert (opened.manifest, opened.members) == (whole.manifest, whole.members)


def test_any_other_file_is_no_package():
    assert refused(b"") == "hall-not-a-package"
    assert refused(b"PK\x03\x04 half") == "hall-not-a-package"
    assert refused(changed(write_package(MANIFEST, {}, KEY), "manifest.json", None)) == "hall-not-a-package"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"program": "1.1"}, "hall-other-version"),
        ({"schema": "abd"}, "hall-other-version"),
        ({"village": "64.02.01.2002"}, "hall-other-village"),
        ({"at": NOW + timedelta(days=7)}, "hall-expired"),
    ],
)
def test_another_version_another_village_and_a_late_day_are_refused(asked, code):
    fit = {"program": "1.0", "schema": "abc", "at": NOW, "village": "64.02.01.2001"}
    check_fit(MANIFEST, **fit)
    with pytest.raises(RefusedError) as told:
        check_fit(MANIFEST, **(fit | asked))
    assert told.value.code == code
