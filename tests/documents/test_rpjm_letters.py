"""Letters and decisions of an RPJM Desa: its period for the year, its own kinds, one register of numbers."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from budgeting.given import hall
from factories import people
from factories.samples_plans import rpjm_of
from plans.given import NOW
from rembuk.core.documents.letter_kinds import LETTERS, WORDINGS, kinds_of
from rembuk.core.documents.rpjm_checklist import RPJM_PAPERS
from rembuk.core.errors import BadInputError, NotAllowedError
from rembuk.core.hat import Role
from rembuk.core.workflow.rpjm_stages import RPJM_STAGES
from rembuk.core.workflow.stages import STAGES
from rembuk.documents import services
from rembuk.documents.bundling import bundle_of
from rembuk.documents.gather.completeness import holdings_of, things_of
from rembuk.documents.gather.letters import letter as letter_values
from rembuk.documents.models import Letter, WordingText
from rembuk.documents.recipes import FORMS
from rembuk.documents.services.writing import LetterInput, save_letter
from rembuk.documents.wishes import wish_of
from rembuk.shared.trail.testing import setting_up

DAY = date(2026, 11, 3)
SENT = {"nomor_perdes": "2 Tahun 2026", "tanggal_undang": "1 November 2026"}


@pytest.fixture
def medium(village):
    return rpjm_of(village).cycle


def write(cycle, actor, kind, on=DAY, **said):
    values = LetterInput(letter_date=on, **said)
    return save_letter(letter_id=uuid4(), cycle_id=cycle.pk, kind=kind, values=values, version=0, actor=actor, at=NOW)


def printed(row: Letter) -> str:
    form = FORMS[LETTERS[row.kind].form]
    (document,) = form.made(form.gather(str(row.pk)))
    return repr(document)


def test_every_kind_lies_in_stages_of_its_own_cycle_and_has_a_wording_with_the_period():
    for name, table in (("rkp", STAGES), ("rpjm", RPJM_STAGES)):
        assert {stage for kind in kinds_of(name) for stage in kind.stages} <= set(table)
    for kind in kinds_of("rpjm"):
        assert WORDINGS[f"{kind.kind}:isi"].placeholders["tahun"] == "2027-2034", kind.kind


def test_a_letter_names_the_period_of_the_plan_and_whom_it_goes_to(medium, hat):
    made = write(medium, hat("SDK"), "rpjm-pengantar-perdes", number="140/9", fields=SENT)

    values = letter_values(str(made.pk))
    years = f"{medium.start_year}-{medium.end_year}"
    assert (values.years, values.addressee) == (years, "Bupati Kutai Kartanegara melalui Camat Muara Wis")
    assert f"(RPJM Desa) Tahun {years}" in values.text.body[0] and "Nomor 2 Tahun 2026" in values.text.body[0]
    assert f"RPJM Desa Tahun {years} untuk diklarifikasi" in printed(made)


def test_each_cycle_writes_its_own_kinds(medium, cycle, hat):
    for other, kind in ((medium, "pengantar-perdes"), (cycle, "rpjm-pengantar-perdes"), (medium, "surat-cinta")):
        with pytest.raises(BadInputError) as refused:
            write(other, hat("SDK"), kind, fields=SENT)
        assert refused.value.code == "letter-kind"
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("kind", "role", "others"),
    [
        ("rpjm-undangan-musdes", "BPD", ("KAD", "TIM")),
        ("rpjm-undangan-musrenbang", "KAD", ("BPD",)),
        ("rpjm-pengantar-camat", "SDK", ("BPD",)),
    ],
)
def test_the_office_that_convenes_or_sends_writes_its_letter(medium, hat, kind, role, others):
    when = {"hari_musyawarah": "Senin, 2 November 2026", "pukul": "09.00 WITA", "tempat": "Balai Desa"}
    for other in others:
        with pytest.raises(NotAllowedError):
            write(medium, hat(other), kind, fields=when)
    assert write(medium, hat(role), kind, fields=when).kind == kind


def test_one_register_numbers_the_letters_of_both_cycles_for_a_year(medium, cycle, hat):
    write(cycle, hat("SDK"), "pengantar-perdes", number="140/9", fields=SENT)

    with pytest.raises(BadInputError) as refused:
        write(medium, hat("SDK"), "rpjm-pengantar-perdes", number="140/9", fields=SENT)
    assert refused.value.code == "letter-number-used"
    assert write(medium, hat("SDK"), "rpjm-pengantar-perdes", on=date(2027, 1, 4), number="140/9", fields=SENT).number


def test_the_regency_words_a_letter_of_the_rpjm(medium, village, hat):
    with setting_up():
        kind = "rpjm-laporan-pkd:isi"
        WordingText.objects.create(regency=village.regency, kind=kind, text="Laporan {desa} {tahun}.", saved_at=NOW)

    made = write(medium, hat("SDK"), "rpjm-laporan-pkd")

    assert letter_values(str(made.pk)).text.body == (f"Laporan Melintang {medium.start_year}-{medium.end_year}.",)


def test_a_letter_that_is_kept_answers_its_row_and_an_invitation_the_meeting_it_calls(medium, hat):
    when = {"hari_musyawarah": "Senin", "pukul": "09.00", "tempat": "Balai Desa", "agenda": "Pembukaan\nPembahasan"}
    for kind, fields in (("rpjm-undangan-musrenbang", when), ("rpjm-pengantar-perdes", SENT)):
        made = write(medium, hat("SDK"), kind, fields=fields)
        services.freeze_paper(wish=wish_of("F36", f"letter:{made.pk}"), actor=hat("SDK"), at=NOW)

    things = things_of(holdings_of(medium))
    assert [(one.form, one.stage) for one in things] == [("F36", "R7"), ("F36", "R10")]
    labels = [section.label for section in bundle_of(medium, hat("SDK")).sections]
    assert labels.count("Lampiran 25a: Surat pengantar Perdes RPJM Desa") == 1
    row = next(item for item in RPJM_PAPERS.items if item.mark == "19c")
    assert f"Lampiran 19c: {row.title}" in labels
    assert not [label for label in labels if label.startswith("Tambahan") and "Surat" in label], "none is printed twice"


def test_a_letter_that_no_row_asks_for_closes_the_bundle_of_either_cycle(medium, cycle, hat):
    write(medium, hat("SDK"), "rpjm-laporan-pkd")
    write(cycle, hat("BPD"), "bpd-pandangan", fields={"pokok": "Air bersih"})
    write(cycle, hat("SDK"), "pengantar-du")

    assert any(
        one.label.endswith(": Surat pengantar laporan pengkajian keadaan Desa")
        for one in bundle_of(medium, hat("SDK")).sections
    )
    yearly = [one.label for one in bundle_of(cycle, hat("SDK")).sections]
    assert "Lampiran 16: Pandangan resmi BPD" in yearly
    assert [label.partition(": ")[2] for label in yearly if "DU-RKP Desa" in label and label.startswith("Tamb")] == [
        "Surat pengantar DU-RKP Desa"
    ]


def test_a_new_invitation_begins_with_the_day_and_the_place_of_its_meeting(medium, village):
    planned = datetime(2026, 11, 9, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))
    meeting = hall(medium, "MUSREN", title="Musrenbang RPJM", location="Balai Adat", agenda=["Pembahasan"])
    with setting_up():
        type(meeting).objects.filter(pk=meeting.pk).update(scheduled_at=planned, invitation_number="005/3/2026")
        head = people.signed_in(people.holder(Role.KAD, village))
    address = reverse("documents:letter_write", args=(medium.pk, "rpjm-undangan-musrenbang"))

    page = head.get(address)

    words = page.content.decode()
    for told in ("Senin, 9 November 2026", "09.00 WITA", "Balai Adat", "Pembahasan", "005/3/2026", medium.title):
        assert told in words, told
    posted = {"kunci": page.context["key"], "letter_date": "2026-11-02", "hari_musyawarah": "Senin, 9 November 2026",
              "pukul": "09.00 WITA", "tempat": "Balai Adat", "agenda": "Pembahasan\nPenutup"}  # fmt: skip
    assert head.post(address, posted).status_code == 302
    (row,) = Letter.objects.all()
    assert "items=('Pembahasan', 'Penutup')" in printed(row)


def test_the_page_offers_the_kinds_of_the_rpjm_alone(medium, village):
    with setting_up():
        secretary = people.signed_in(people.holder(Role.SDK, village))

    words = secretary.get(reverse("documents:letters", args=(medium.pk,))).content.decode()

    assert f"Surat dan keputusan {medium.title}" in words
    assert all(kind.title in words for kind in kinds_of("rpjm")) and "DU-RKP" not in words
    yearly = reverse("documents:letter_write", args=(medium.pk, "pengantar-du"))
    assert secretary.get(yearly).status_code == 404
