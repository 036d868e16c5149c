"""F02, F27, F34 to F36: golden, three formats, written by the right office, worded by the regency."""

import os
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from cycles.given import stored_file
from documents.reading import docx_text, golden, missing, pdf_text, xlsx_text
from documents.samples_more import MORE_SAMPLES
from factories import people
from plans.given import NOW, all_stages, ceiling
from rembuk.core.documents.letter_kinds import LETTERS, WORDINGS
from rembuk.core.documents.wording import WordingProblem, filled, problems_of
from rembuk.core.documents.work_plan import DEFAULT_STEPS, WorkStep
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.guidance.desk_checklists import CHECK_LISTS
from rembuk.core.hat import Role
from rembuk.documents import services
from rembuk.documents.gather.completeness import holdings_of, things_of
from rembuk.documents.gather.letters import letter as letter_values
from rembuk.documents.gather.plans import perdes, team_decree
from rembuk.documents.models import Letter, ScanUpload, SignedPage, WordingText, WorkPlan
from rembuk.documents.recipes import FORMS
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx
from rembuk.documents.services.writing import LetterInput, save_letter, save_wording, save_work_plan
from rembuk.documents.wishes import wish_of
from rembuk.plans.models import DuRkpdesItem
from rembuk.shared.trail.testing import setting_up

GOLDEN = Path(__file__).parents[1] / "golden" / "documents"


@pytest.mark.parametrize("name", MORE_SAMPLES)
def test_each_form_says_what_its_golden_file_says(name):
    path, text = GOLDEN / f"{name}.txt", golden(MORE_SAMPLES[name]())
    if os.environ.get("REMBUK_GOLDEN") == "tulis":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MORE_SAMPLES)
def test_all_three_formats_show_every_word_and_number_of_each_form(name):
    document = MORE_SAMPLES[name]()

    assert missing(document, pdf_text(render_pdf([document], archive=True))) == []
    assert missing(document, docx_text(render_docx([document]))) == []
    assert missing(document, xlsx_text(render_xlsx([document]))) == []


def test_the_lists_of_a_check_are_numbered_through_and_name_what_was_not_read():
    assert {name: [item.number for item in items] for name, items in CHECK_LISTS.items()} == {
        "EV-RPJM": list(range(1, 16)),
        "EV-RKP": list(range(1, 21)),
        "EV-APB": list(range(1, 16)),
    }
    assert "belum dibaca dari naskah resmi" in golden(MORE_SAMPLES["F34-APB-tangan"]())


# ---- wording ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WORDINGS)
def test_every_text_of_rembuk_passes_its_own_check_and_fills_whole(kind):
    wording = WORDINGS[kind]
    assert problems_of(wording, "\n".join(wording.lines)) == ()
    assert all("{" not in line for line in filled(wording.lines, wording.placeholders))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("bahwa {desa} {nama_bupati};", [WordingProblem(1, "unknown", "{nama_bupati}")]),
        ("satu\n\nbahwa {desa", [WordingProblem(2, "braces")]),
        ("tutup } saja", [WordingProblem(1, "braces")]),
        ("{desa!r}", [WordingProblem(1, "braces")]),
        ("{tahun:>9}", [WordingProblem(1, "braces")]),
        ("{desa.__class__}", [WordingProblem(1, "unknown", "{desa.__class__}")]),
        ("{}", [WordingProblem(1, "unknown", "{}")]),
        ("{{desa}}", [WordingProblem(1, "braces")]),
        ("  \n ", [WordingProblem(0, "empty")]),
        ("x" * 1501, [WordingProblem(1, "long", "1501")]),
        ("\n".join("x" * 41), [WordingProblem(0, "many", "41")]),
    ],
)
def test_a_text_that_could_not_be_printed_is_found_when_it_is_saved(text, problems):
    assert list(problems_of(WORDINGS["perdes-menimbang"], text)) == problems


def test_what_is_not_known_yet_becomes_dots():
    assert filled(["Desa {desa} {tanggal}"], {"desa": "Melintang"}) == ("Desa Melintang ..............",)


@pytest.fixture
def word(village, hat):
    """Save a wording of the regency as DPMD."""

    def save(kind, text, version_no=0, role="STF"):
        actor = people.division_head(village).hat() if role == "STF" else hat(role)
        return save_wording(
            regency_id=village.regency_id, kind=kind, text=text, note="", version_no=version_no, actor=actor, at=NOW
        )

    return save


def test_a_regency_words_its_papers_and_goes_back(word, plan, team, village):
    decree = team("drafting")
    with setting_up():
        word("perdes-menimbang", "bahwa Desa {desa} menyusun RKP Tahun {tahun};")
        word("tim-rkp-menimbang", "bahwa {kepala_desa} membentuk tim;")
    assert perdes(str(plan.pk)).considerations == ("bahwa Desa Melintang menyusun RKP Tahun 2027;",)
    assert team_decree(str(decree.pk)).considerations == ("bahwa .............. membentuk tim;",)
    with setting_up():
        word("perdes-menimbang", "", version_no=1)
    assert perdes(str(plan.pk)).considerations == ()
    assert list(WordingText.objects.filter(kind="perdes-menimbang").values_list("version_no", flat=True)) == [2, 1]


def test_a_wrong_placeholder_is_refused_when_saved_and_says_which_line_and_what_there_is(word):
    with pytest.raises(RefusedError) as refused:
        word("perdes-menimbang", "bahwa {desa};\nbahwa {bupati};\nbahwa {;")
    assert [finding.message[:40] for finding in refused.value.findings] == [
        "Baris 2: isian {bupati} tidak dikenal. Y",
        "Baris 3: kurung kurawal tidak berpasanga",
    ]
    assert "{kecamatan}" in refused.value.findings[0].message
    assert not WordingText.objects.exists()


def test_two_people_do_not_overwrite_each_other_and_the_same_text_makes_no_version(word):
    first = word("perdes-mengingat", "UU Desa;")
    assert word("perdes-mengingat", "UU Desa;  \n\n", version_no=1).pk == first.pk
    with pytest.raises(StaleError):
        word("perdes-mengingat", "UU lain;", version_no=0)
    with pytest.raises(NotAllowedError):
        word("perdes-mengingat", "UU lain;", version_no=1, role="KAD")
    with pytest.raises(BadInputError):
        word("tidak-ada", "x")


def test_the_page_of_a_text_previews_refuses_saves_and_shows_its_history(village):
    with setting_up():
        division = people.signed_in(people.division_head(village))
        secretary = people.signed_in(people.holder(Role.SDK, village))
    address = reverse("documents:wording", args=("perdes-menimbang",))
    assert secretary.get(address).status_code == 403
    listed = division.get(reverse("documents:wordings"), {"cari": "tim"}).content.decode()
    assert "SK Tim Verifikasi: Menimbang" in listed and "Perdes RKP Desa: Menimbang" not in listed
    seen = division.post(address, {"teks": "Desa {desa} maju;", "versi": "0", "langkah": "lihat"})
    assert "Desa Hulu Contoh maju;" in seen.content.decode() and not WordingText.objects.exists()
    refused = division.post(address, {"teks": "Desa {dusun} maju;", "versi": "0", "langkah": "simpan"})
    text = refused.content.decode()
    assert refused.status_code == 400 and "{dusun} tidak dikenal" in text and "Desa {dusun} maju;</textarea>" in text
    saved = division.post(address, {"teks": "Desa {desa} maju;", "versi": "0", "langkah": "simpan"}, follow=True)
    assert "Versi 1" in saved.content.decode()
    assert division.get(reverse("documents:wording", args=("tidak-ada",))).status_code == 404


# ---- letters ---------------------------------------------------------------------------------------------------------


def write(cycle, actor, kind, **changes):
    key, version = changes.pop("letter_id", None) or uuid4(), changes.pop("version", 0)
    said = LetterInput(**{"letter_date": date(2026, 9, 21), **changes})
    return save_letter(letter_id=key, cycle_id=cycle.pk, kind=kind, values=said, version=version, actor=actor, at=NOW)


def test_a_letter_is_kept_once_changed_with_its_version_and_printed(cycle, hat):
    key = uuid4()
    said = {"nomor_perdes": "4 Tahun 2026", "tanggal_undang": "28 September 2026"}
    first = write(cycle, hat("SDK"), "pengantar-perdes", letter_id=key, fields=said)
    assert write(cycle, hat("SDK"), "pengantar-perdes", letter_id=key, fields=said).version == 1
    changed = write(cycle, hat("SDK"), "pengantar-perdes", letter_id=key, fields=said, number="140/7", version=1)
    with pytest.raises(StaleError):
        write(cycle, hat("SDK"), "pengantar-perdes", letter_id=key, fields=said, number="140/8", version=1)
    values = letter_values(str(first.pk))
    assert (changed.version, values.frame.number, values.addressee) == (
        2, "140/7", "Bupati Kutai Kartanegara melalui Camat Muara Wis",
    )  # fmt: skip
    assert "Nomor 4 Tahun 2026" in values.text.body[0] and Letter.objects.count() == 1


def test_the_letters_of_the_regency_carry_the_ceilings_and_the_answers(cycle, village):
    with setting_up():
        division = people.division_head(village).hat()
        ceiling(village, "DDS", 250_000_000)
        DuRkpdesItem.objects.create(cycle=cycle, name="Jembatan", reason="kabupaten", answer_text="tunggu tahun depan")
    pagu = write(cycle, division, "surat-pagu")
    answer = write(cycle, division, "jawaban-du", fields={"keterangan": "Terlampir."})
    assert letter_values(str(pagu.pk)).rows == (("Dana Desa (APBN)", 250_000_000),)
    ((name, words),) = letter_values(str(answer.pk)).rows
    assert (name, str(words).endswith(": tunggu tahun depan")) == ("Jembatan", True)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [("pengantar-perdes", {"SDK", "KAD"}), ("bpd-panitia-musdes", {"SDK", "BPD"}), ("surat-pagu", {"KBD"})],
)
def test_each_office_writes_its_own_letters(cycle, hat, village, kind, roles):
    said = {"nomor_perdes": "4", "tanggal_undang": "hari ini"}
    division = people.division_head(village).hat()
    for role, actor in (("SDK", hat("SDK")), ("KAD", hat("KAD")), ("BPD", hat("BPD")), ("KBD", division)):
        if role in roles:
            write(cycle, actor, kind, fields=said)
        else:
            with pytest.raises(NotAllowedError):
                write(cycle, actor, kind, fields=said)


def test_a_missing_field_a_number_used_twice_and_a_kind_nobody_knows_are_refused(cycle, hat):
    with pytest.raises(BadInputError) as refused:
        write(cycle, hat("SDK"), "pengantar-perdes", fields={"nomor_perdes": " "})
    assert refused.value.values["fields"] == "Nomor Perdes, Tanggal diundangkan"
    write(cycle, hat("SDK"), "tata-tertib", number="7/2026", fields={"kuorum": "dua pertiga"})
    with pytest.raises(BadInputError) as again:
        write(cycle, hat("SDK"), "kades-panitia-musrenbang", number="7/2026")
    assert again.value.code == "letter-number-used"
    write(cycle, hat("BPD"), "bpd-panitia-musdes", number="7/2026")
    with pytest.raises(BadInputError):
        write(cycle, hat("SDK"), "surat-cinta")


def test_a_decision_of_the_bpd_answers_its_own_row_of_the_list_alone(cycle, hat):
    with setting_up():
        all_stages(cycle)
    made = write(cycle, hat("BPD"), "bpd-panitia-musdes", members=[("Rahmadi", "L", "BPD", "Ketua")])
    services.freeze_paper(wish=wish_of("F35", f"letter:{made.pk}"), actor=hat("SDK"), at=NOW)

    assert [(thing.form, thing.stage) for thing in things_of(holdings_of(cycle)) if thing.form == "F35"] == [
        ("F35", "K1")
    ]


def test_an_empty_sheet_to_draw_on_is_no_drawing_until_it_comes_back(cycle, plan, hat):
    made = services.freeze_paper(wish=wish_of("F27", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)
    assert [thing for thing in things_of(holdings_of(cycle)) if thing.form == "F27"] == []
    with setting_up():
        scan = stored_file()
        upload = ScanUpload.objects.create(cycle=cycle, file=scan, name="gambar.pdf", uploaded_at=NOW)
        SignedPage.objects.create(upload=upload, page_no=1, file=scan, paper=made, state="attached")
    assert [thing.signed for thing in things_of(holdings_of(cycle)) if thing.form == "F27"] == [True]


def test_the_letter_page_writes_keeps_what_was_typed_and_names_the_line_that_cannot_be_read(cycle, village):
    with setting_up():
        bpd = people.signed_in(people.bpd_chair(village))
        rt = people.signed_in(people.holder(Role.RTK, village))
    shown = bpd.get(reverse("documents:letters", args=(cycle.pk,))).content.decode()
    address = reverse("documents:letter_write", args=(cycle.pk, "bpd-panitia-musdes"))
    assert address in shown and reverse("documents:letter_write", args=(cycle.pk, "surat-pagu")) not in shown
    page = bpd.get(address)
    posted = {"kunci": page.context["key"], "letter_date": "2026-06-01", "members": "Rahmadi; L; BPD; Ketua\nHayati; X"}
    wrong = bpd.post(address, posted)
    assert wrong.status_code == 400 and "Baris 2 tidak terbaca" in wrong.content.decode()
    assert "Hayati; X" in wrong.content.decode()
    right = bpd.post(address, {**posted, "members": "Rahmadi; l; BPD; Ketua"})
    (letter,) = Letter.objects.all()
    assert right.headers["Location"] == reverse("documents:paper", args=("F35", f"letter:{letter.pk}"))
    assert letter.members == [["Rahmadi", "L", "BPD", "Ketua"]]
    assert rt.post(address, posted | {"members": ""}).status_code == 403
    assert "ditulis oleh" in rt.get(address).content.decode()
    edit = reverse("documents:letter_edit", args=(letter.pk,))
    assert "Rahmadi; L; BPD; Ketua" in bpd.get(edit).content.decode()


# ---- the work plan ---------------------------------------------------------------------------------------------------


def test_a_work_plan_is_kept_with_its_version_and_refused_without_words(team, hat):
    drafting = team("drafting")

    def save(steps, version=0, role="SDK"):
        return save_work_plan(
            team_id=drafting.pk, steps=steps, facilitator="Dewi", version=version, actor=hat(role), at=NOW
        )

    with pytest.raises(BadInputError):
        save([])
    with pytest.raises(BadInputError) as refused:
        save([WorkStep("Rapat"), WorkStep("", place="Balai")])
    assert refused.value.values["rows"] == "2"
    with pytest.raises(NotAllowedError):
        save(DEFAULT_STEPS["rkp"], role="RTK")
    assert not WorkPlan.objects.exists()
    kept = save([WorkStep("Rapat", date(2026, 5, 11), "09.00", "Balai Desa", "Ketua", "", "Jadwal")])
    with pytest.raises(StaleError):
        save(DEFAULT_STEPS["rkp"])
    assert save(DEFAULT_STEPS["rkp"], version=kept.version).version == 2


def test_the_page_begins_with_the_usual_steps_and_leads_to_the_paper(team, village):
    drafting = team("drafting")
    with setting_up():
        secretary = people.signed_in(people.holder(Role.SDK, village))
    address = reverse("documents:work_plan", args=(drafting.pk,))
    page = secretary.get(address)
    assert [form.initial["activity"] for form in page.context["forms"].initial_forms] == [
        step.activity for step in DEFAULT_STEPS["rkp"]
    ]
    assert "Musyawarah Desa alasan perubahan" in secretary.get(address, {"jenis": "perubahan"}).content.decode()
    posted = {"b-TOTAL_FORMS": "2", "b-INITIAL_FORMS": "0", "versi": "0", "b-0-activity": "Rapat tim",
              "b-0-day": "2026-05-11", "b-1-activity": ""}  # fmt: skip
    answer = secretary.post(address, posted)
    assert answer.headers["Location"] == reverse("documents:paper", args=("F02", f"team:{drafting.pk}"))
    assert [row["activity"] for row in WorkPlan.objects.get().rows] == ["Rapat tim"]
    bad = secretary.post(address, posted | {"versi": "1", "b-0-day": "kemarin"})
    assert bad.status_code == 400 and "Rapat tim</textarea>" in bad.content.decode()


def test_the_verification_sheets_are_printed_for_the_hand(cycle):
    documents = FORMS["F34"].made(FORMS["F34"].gather(str(cycle.pk)))
    assert [document.sheet for document in documents] == ["EV-RPJM", "EV-RKP", "EV-APB"]


def test_every_letter_has_a_wording_of_its_own():
    assert {kind for kind in LETTERS if f"{kind}:isi" not in WORDINGS} == set()
