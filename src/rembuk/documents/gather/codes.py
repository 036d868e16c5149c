"""Names behind an activity code, as the columns of the forms want them."""

from rembuk.core.lists import kegiatan_codes


def subfield_of(code: str) -> str:
    """Return the name of the sub bidang of an activity code, "Sub Bidang ..."; empty without a code."""
    line = kegiatan_codes().get(".".join(code.split(".")[:2])) if code else None
    return line.name if line is not None else ""


def short_subfield_of(code: str) -> str:
    """Return the name for a column that says "Sub Bidang" itself."""
    return subfield_of(code).removeprefix("Sub Bidang ")


def activity_of(code: str) -> str:
    """Return the name of the kegiatan of an activity code; empty without one."""
    line = kegiatan_codes().get(code)
    return line.name if line is not None else ""
