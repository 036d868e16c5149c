"""F35 and F36: a letter or decision with the wording of its regency, and the tables that stand behind some of them."""

from dataclasses import replace

from rembuk.core.documents.decree import TeamMember
from rembuk.core.documents.frame import UNNAMED, Person, date_text, weekday_text
from rembuk.core.documents.letter_kinds import LETTERS, WORDINGS
from rembuk.core.documents.letter_model import LetterKind
from rembuk.core.documents.letters import LetterText, LetterValues
from rembuk.core.documents.model import SHORT_DOTS
from rembuk.core.documents.wording import filled
from rembuk.core.lists import funding_sources
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import invitation_values
from rembuk.documents.gather.completeness import years_of
from rembuk.documents.gather.wording import common_values, lines_in_force
from rembuk.documents.models import Letter
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import village_ceilings
from rembuk.plans.labels import DU_STATES
from rembuk.plans.models import DuRkpdesItem
from rembuk.plans.paper_values import frame_of, signers_of

SIGNERS = {"village": "KAD", "bpd": "BPD"}


def letter_by_id(key: str) -> Letter:
    """Return a letter with its village. Raises: Letter.DoesNotExist, ValidationError."""
    return Letter.objects.select_related("cycle__village__district", "cycle__village__regency").get(pk=key)


def letter(key: str) -> LetterValues:
    """Return the values of F35 or F36. Raises: Letter.DoesNotExist."""
    row = letter_by_id(key)
    cycle, kind = row.cycle, LETTERS[row.kind]
    village = cycle.village
    holders = signers_of(village.id, row.letter_date)
    signer = holders.get(SIGNERS.get(kind.issuer, ""), UNNAMED)
    if row.signer_name:
        signer = Person(row.signer_name, row.signer_number)
    typed = {name: str(words) for name, words in row.fields.items()}
    values = common_values(
        village,
        years_of(cycle),
        tanggal=date_text(row.letter_date),
        kepala_desa=holders.get("KAD", UNNAMED).name,
        ketua_bpd=holders.get("BPD", UNNAMED).name,
        **typed,
    )
    if kind.kind == "pengantar-du":
        values["jumlah_usulan"] = str(DuRkpdesItem.objects.filter(cycle=cycle).count())
    return LetterValues(
        frame=frame_of(village, row.letter_date, number=row.number),
        kind=row.kind,
        years=years_of(cycle),
        text=text_of(kind, village.regency_id, values),
        addressee=row.addressee or filled([kind.addressee], values)[0],
        signer=signer,
        members=tuple(TeamMember(*member) for member in row.members),
        rows=rows_of(row, kind),
    )


def appointment_of(cycle: Cycle, meeting_kind: str) -> dict[str, object]:
    """Return what a new invitation begins with: day, hour, place and agenda of the newest meeting that was planned."""
    found = Meeting.objects.filter(cycle=cycle, kind=meeting_kind).exclude(state="cancelled")
    meeting = found.order_by("-scheduled_at", "id").first() if meeting_kind else None
    if meeting is None:
        return {}
    planned = invitation_values(meeting.pk)
    known: dict[str, object] = {
        "hari_musyawarah": f"{weekday_text(planned.held_date)}, {date_text(planned.held_date)}",
        "pukul": f"{planned.starts:%H.%M} {planned.time_zone}",
        "tempat": planned.place,
        "agenda": "\n".join(planned.agenda),
        "number": meeting.invitation_number,
    }
    return {**known, "letter_date": meeting.invitation_date} if meeting.invitation_date else known


def text_of(kind: LetterKind, regency_id: str, values: dict[str, str]) -> LetterText:
    """Return the words of a kind as its regency wants them, with what was written for this letter. One query."""
    names = {part: f"{kind.kind}:{part}" for part in ("isi", "menimbang", "mengingat")}
    lines = lines_in_force(regency_id, *(name for name in names.values() if name in WORDINGS))
    said = {part: filled(lines.get(name, ()), values) for part, name in names.items()}
    points = [line.strip() for line in values.get(kind.points, "").splitlines() if line.strip()] if kind.points else []
    body = said["isi"]
    if kind.shape == "points":
        return LetterText((*body, *points), said["menimbang"], said["mengingat"])
    return LetterText(body, said["menimbang"], said["mengingat"], tuple(points))


def rows_of(row: Letter, kind: LetterKind) -> tuple[tuple[str, int | str | None], ...]:
    """Return the table behind the words: the ceilings of the year, or the answers to the list upward."""
    cycle = row.cycle
    if kind.table == "ceilings":
        names = funding_sources()
        found = village_ceilings(cycle.village_id, cycle.budget_year)
        real = [one for one in found.rows if one.stage != Ceiling.Stage.PROVISIONAL and not one.earmark]
        return tuple((names[one.source].name if one.source in names else one.source, one.amount) for one in real)
    if kind.table == "answers":
        items = DuRkpdesItem.objects.filter(cycle=cycle).order_by("order", "id")
        return tuple((item.name, answer_of(item)) for item in items)
    return ()


def answer_of(item: DuRkpdesItem) -> str:
    """Return the answer to one need as recorded: what became of it, then the words of the letter from above."""
    return ": ".join(filter(None, (str(DU_STATES.get(item.state, item.state)), item.answer_text)))


def blank_letters(key: str) -> list[LetterValues]:
    """Return the letter as the form to fill by hand. Raises: Letter.DoesNotExist."""
    return [blank_letter(letter(key))]


def blank_letter(values: LetterValues) -> LetterValues:
    """Return the letter to fill by hand: its words stay, what was written for this one becomes dots."""
    kind = LETTERS[values.kind]
    village = values.frame.village
    known = {
        "desa": village.village, "kecamatan": village.district, "kabupaten": village.regency,
        "provinsi": village.province, "tahun": values.years,
    }  # fmt: skip
    lines = (SHORT_DOTS,) * 4 if kind.points else ()
    inside, below = (lines, ()) if kind.shape == "points" else ((), lines)
    considered = filled(kind.considerations, known)
    text = LetterText((*filled(kind.body, known), *inside), considered, values.text.legal_basis, below)
    frame = replace(values.frame, number="", version="", verify_url="")
    return replace(values, frame=frame, text=text, members=(), rows=(), signer=UNNAMED, addressee="", blank=True)
