"""Every paper by name: gathered, built, frozen once, rendered in three formats, found by its code."""

import io
import zipfile
from datetime import date

import psutil
import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError

from assessment.given import whole_assessment
from budgeting.given import proposal
from documents.reading import docx_text, pdf_text, squeezed, xlsx_text
from factories.samples_evaluation import review_in
from factories.samples_mentoring import report_in
from factories.samples_plans import rpjm_of
from factories.samples_training import signed
from plans.given import NOW, ceiling, hat_at, put_item, rab
from rembuk.core.errors import BadInputError, NotAllowedError, RembukError
from rembuk.core.hat import Place
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.services import add_evidence
from rembuk.documents import services
from rembuk.documents.models import Letter
from rembuk.documents.recipes import FORMS, form_of, unpacked
from rembuk.documents.rendering import documents_of, shown_code, verify_address
from rembuk.documents.tasks import stage_bundle
from rembuk.documents.wishes import wish_of
from rembuk.plans import services as plan_services
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.shared import files, jobs, papers
from rembuk.shared.models import Job, Paper, StoredFile
from rembuk.shared.trail.testing import setting_up

READERS = {"pdf": pdf_text, "docx": docx_text, "xlsx": xlsx_text}
OF_MEETING = ("F03", "F04", "F05", "undangan")
OF_ASSESSMENT = ("F07", "F08", "F09", "F10", "F11", "F12", "F13", "F15")
OF_CYCLE = ("F14", "F20", "F21", "F22", "F23", "F25", "F32", "F34", "F37", "F38")


@pytest.fixture
def subjects(cycle, plan, team, meeting, village):
    """Form -> the subject that it prints."""
    with setting_up():
        proposal(cycle, 1)
        ceiling(village, "DDS", 250_000_000)
    item = RkpdesItem.objects.get(plan=plan)
    with setting_up():
        studied = whole_assessment(village, 2035)
    return {
        **dict.fromkeys(OF_ASSESSMENT, f"assessment:{studied.pk}"),
        **dict.fromkeys(OF_MEETING, f"meeting:{meeting.pk}"),
        **dict.fromkeys(OF_CYCLE, f"cycle:{cycle.pk}"),
        **dict.fromkeys(("F19", "F24", "F26", "F31", "tanggapan-rkp"), f"plan:{plan.pk}"),
        **dict.fromkeys(("F27", "F28", "F29"), f"item:{item.pk}"),
        **dict.fromkeys(("F06", "F16", "F17", "F18"), f"rpjm:{rpjm_of(village).pk}"),
        **dict.fromkeys(("F01", "F02"), f"team:{team('drafting').pk}"),
        "F35": f"letter:{letter(cycle, 'bpd-panitia-musdes', members=[('Rahmadi', 'L', 'BPD', 'Ketua')]).pk}",
        "F36": f"letter:{letter(cycle, 'surat-pagu').pk}",
        "F30": f"team:{team('verification').pk}",
        "F33": f"plan:{amendment(village).pk}",
        "hasil-evaluasi": f"review:{review_in(village).pk}",
        "laporan-bulanan": f"report:{report_in(village).pk}",
        "sertifikat": f"certificate:{signed(village).pk}",
    }


def letter(cycle, kind, **fields):
    """A letter of the cycle, kept as a service would."""
    with setting_up():
        return Letter.objects.create(cycle=cycle, kind=kind, letter_date=NOW.date(), **fields)


def amendment(village):
    """Version two of last year's plan: its only activity left it."""
    day = date(2025, 9, 30)
    with setting_up():
        last = Cycle.objects.create(village=village, plan_year=2025, budget_year=2026, profile="kukar-2025")
        first = RkpdesVersion.objects.create(
            village=village,
            cycle=last,
            state="enacted",
            perdes_number="4 Tahun 2025",
            perdes_date=day,
            promulgated_date=day,
            content_hash="0" * 64,
            perdes_state="promulgated",
        )
        RkpdesItem.objects.create(plan=first, name="Tambatan perahu", activity_code="2.3.11")
        RkpdesVersion.objects.filter(pk=first.pk).update(enacted_at=NOW)
        return RkpdesVersion.objects.create(
            village=village,
            cycle=last,
            version_no=2,
            kind="AMENDMENT",
            ground="SPECIAL_EVENT",
            ground_number="360/9/BPBD",
            ground_date=date(2026, 1, 9),
            supersedes=first,
        )


def frozen(code, subject, hat, role="SDK"):
    return services.freeze_paper(wish=wish_of(code, subject), actor=hat(role), at=NOW)


def test_every_form_can_be_frozen_by_any_room_and_opened(subjects, hat):
    assert sorted(subjects) == sorted(FORMS) == [recipe.code for recipe in papers.recipes()]
    for code, subject in subjects.items():
        paper = papers.freeze(code, subject, hat=hat("SDK"))
        assert paper.village_key == "64.02.18.2003"
        documents = documents_of(paper)
        # Three drafts are checked, and two lists of ideas were spoken.
        assert len(documents) == {"F34": 3, "F13": 2}.get(code, 1)
        text = docx_text(papers.open_paper(paper, "docx")[0])
        for document in documents:
            assert document.code in (code, "Surat")
            assert squeezed(document.footer) in squeezed(text)


@pytest.mark.parametrize("fmt", ["pdf", "docx", "xlsx"])
def test_a_frozen_plan_shows_its_total_its_version_and_its_code_in_each_format(plan, hat, fmt):
    paper = frozen("F26", f"plan:{plan.pk}", hat)
    data, _content_type = papers.open_paper(paper, fmt)
    text = squeezed(READERS[fmt](data))
    assert "100.000.000" in text and "TitianulinRT02" in text
    assert f"Sidik{paper.sha256[:12]}" in text or fmt == "xlsx"
    assert squeezed(shown_code(paper.verify_code)) in text or fmt == "xlsx"


def test_the_qr_leads_to_the_host_that_is_set_and_without_one_the_code_stands_bare(settings):
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = ["localhost", "rembuk.kukar.example"], True
    assert verify_address("0123456789AB") == "https://rembuk.kukar.example/periksa/0123456789AB/"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    assert verify_address("0123456789AB") == "0123-4567-89AB"


def test_frozen_is_frozen_and_a_change_is_the_next_version(plan, hat):
    first = frozen("F26", f"plan:{plan.pk}", hat)
    assert frozen("F26", f"plan:{plan.pk}", hat).pk == first.pk
    put_item(plan, hat("SDK"), name="Posyandu", activity_code="2.2.2")
    second = frozen("F26", f"plan:{plan.pk}", hat)
    assert (first.version_no, second.version_no) == (1, 2)
    assert "Posyandu" not in docx_text(papers.open_paper(first, "docx")[0])
    assert "Posyandu" in docx_text(papers.open_paper(second, "docx")[0])


def test_estimates_of_a_plan_become_one_bundle_and_a_plan_without_any_says_so(plan, hat, cycle):
    item = put_item(plan, hat("SDK"), name="Posyandu", activity_code="2.2.2")
    plan_services.save_rab(item_id=item.id, lines=rab(), version=1, actor=hat("TIM"), at=NOW)
    paper = frozen("F28", f"plan:{plan.pk}", hat)
    assert [one.code for one in documents_of(paper)] == ["F28", "F28"]
    text = pdf_text(papers.open_paper(paper, "pdf")[0])
    assert "Posyandu" in text and "Titian ulin RT 02" in text
    RkpdesItem.objects.filter(plan=plan).delete()
    with pytest.raises(BadInputError) as refused:
        frozen("F28", f"plan:{plan.pk}", hat)
    assert refused.value.code == "paper-empty"


def test_no_phone_and_no_poverty_stands_beside_a_name(meeting, hat):
    text = docx_text(papers.open_paper(frozen("F04", f"meeting:{meeting.pk}", hat), "docx")[0])
    assert "Mulyadi" in text and "Wakil kelompok" in text
    assert "miskin" not in text.lower() and "0812" not in text


def test_the_vote_of_the_meeting_stands_in_its_minutes(meeting, hat):
    text = docx_text(papers.open_paper(frozen("F03", f"meeting:{meeting.pk}", hat), "docx")[0])
    assert "setuju 20, tidak setuju 1, abstain 0" in text


@pytest.mark.parametrize(
    ("role", "code", "allowed"), [("RTK", "F26", True), ("RTK", "F04", False), ("SDK", "F04", True)]
)
def test_who_may_read_the_thing_may_read_its_paper(subjects, hat, role, code, allowed):
    assert TABLE.allows(hat(role), "documents.preview", wish_of(code, subjects[code])) is allowed
    paper = papers.freeze(code, subjects[code], hat=hat("SDK"))
    assert TABLE.allows(hat(role), "documents.read", paper) is allowed


def test_a_reader_does_not_freeze_and_another_village_sees_nothing(plan, hat):
    wish = wish_of("F26", f"plan:{plan.pk}")
    with pytest.raises(NotAllowedError):
        services.freeze_paper(wish=wish, actor=hat("RTK"), at=NOW)
    stranger = hat_at(Place("64.02", "64.02.18", "64.02.18.2004"), "SDK")
    assert not TABLE.allows(stranger, "documents.preview", wish)
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("code", "subject"),
    [("F99", "plan:x"), ("F26", "meeting:x"), ("F26", "plan"), ("F26", "plan:00000000-0000-0000-0000-000000000000")],
)
def test_an_address_that_names_no_paper_is_not_found(db, code, subject):
    with pytest.raises((ValueError, ValidationError, ObjectDoesNotExist)):
        wish_of(code, subject)


def test_a_team_decree_is_asked_for_by_its_own_number(team):
    drafting = team("drafting")
    with pytest.raises(ValueError, match="F30"):
        wish_of("F30", f"team:{drafting.pk}")
    with pytest.raises(RembukError):
        form_of("F99")


def test_the_light_copy_is_smaller_kept_and_the_same_words(plan, hat):
    paper = frozen("F26", f"plan:{plan.pk}", hat)
    full, light = papers.open_paper(paper, "pdf")[0], services.open_light(paper)
    assert len(light) < len(full) * 0.7
    assert squeezed(pdf_text(light)) == squeezed(pdf_text(full))
    again = Paper.objects.get(pk=paper.pk)
    assert sorted(again.files) == ["pdf", "pdf-ringan"]
    assert services.open_light(again) == light


def test_data_that_was_tampered_with_is_not_rendered(plan, hat):
    paper = frozen("F26", f"plan:{plan.pk}", hat)
    paper.data["title"] = "RKP lain"
    with pytest.raises(RembukError) as refused:
        papers.open_paper(paper, "pdf")
    assert refused.value.code == "paper-altered"


def test_all_files_of_a_stage_come_in_one_archive(cycle, plan, hat, village):
    with setting_up():
        StageRecord.objects.get_or_create(cycle=cycle, stage="K6")
    paper = frozen("F26", f"plan:{plan.pk}", hat)
    scan = files.store(b"%PDF-1.4\n%%EOF\n", name="BA rancangan.pdf", village_id=village.id, hat=hat("SDK"))
    common = {"cycle_id": cycle.pk, "stage": "K6", "document_date": NOW.date(), "actor": hat("SDK"), "at": NOW}
    add_evidence(paper_code="F26", title="Rancangan RKP", paper=paper, **common)
    add_evidence(paper_code="F03", title="Berita acara", file=scan, **common)
    job = services.ask_stage_bundle(cycle_id=cycle.pk, stage="K6", actor=hat("TIM"), at=NOW)
    Job.objects.filter(pk=job.pk).update(state="running", lease_owner="uji")
    job.refresh_from_db()
    result = stage_bundle(jobs.Run(job, "uji"))
    made = StoredFile.objects.get(content_type="application/zip")
    assert result["link"] == f"/berkas/{made.pk}/" and made.village_id_text == village.id
    with zipfile.ZipFile(io.BytesIO(files.read(made))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert b"%PDF" in archive.read(names[1])[:8]
    assert [name[3:6] for name in names[:-1]] == ["F03", "F26", "F28", "F25"]
    assert names[-1] == "daftar.txt"


def test_a_stage_without_any_file_is_refused_with_a_sentence(cycle, hat):
    job = services.ask_stage_bundle(cycle_id=cycle.pk, stage="K7", actor=hat("TIM"), at=NOW)
    with pytest.raises(RembukError) as refused:
        stage_bundle(jobs.Run(job, "uji"))
    assert refused.value.code == "stage-empty"
    with pytest.raises(BadInputError):
        services.ask_stage_bundle(cycle_id=cycle.pk, stage="K99", actor=hat("TIM"), at=NOW)


def test_fifty_papers_in_a_row_leave_the_memory_of_the_server_where_it_was(plan, hat):
    paper = frozen("F26", f"plan:{plan.pk}", hat)
    process = psutil.Process()
    papers.open_paper(paper, "pdf")
    before = process.memory_info().rss
    for number in range(50):
        kept = papers.keep(
            "F26",
            "RKP Desa",
            f"plan:{number}",
            data={**paper.data, "title": f"RKP Desa {number}"},
            village_key=paper.village_key,
            hat=hat("SDK"),
        )
        assert papers.open_paper(kept, "pdf")[0].startswith(b"%PDF")
    assert process.memory_info().rss - before < 50 * 1024 * 1024
    assert len(unpacked(paper.data)) == 1
