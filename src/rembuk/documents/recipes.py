"""The papers that Rembuk makes: form number, what it prints, how its values are gathered and built."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.assessment.models import Assessment
from rembuk.assessment.queries import assessment_by_key
from rembuk.core.documents import frozen
from rembuk.core.documents.actions import build_actions
from rembuk.core.documents.assessment_report import build_assessment_report
from rembuk.core.documents.attendance import build_attendance
from rembuk.core.documents.certificate import build_certificate
from rembuk.core.documents.completeness import build_completeness
from rembuk.core.documents.cooperation import build_cooperation
from rembuk.core.documents.decree import build_team_decree
from rembuk.core.documents.draft_comments import build_draft_comments
from rembuk.core.documents.drawing_sheet import build_drawing_sheet
from rembuk.core.documents.du_rkpdes import build_du_rkpdes
from rembuk.core.documents.evaluation import build_evaluation
from rembuk.core.documents.finance_summary import build_finance_summary
from rembuk.core.documents.financing import build_financing
from rembuk.core.documents.ideas import build_ideas
from rembuk.core.documents.implementers import build_implementers
from rembuk.core.documents.indicative_ceiling import build_indicative_ceiling
from rembuk.core.documents.invitation import build_invitation
from rembuk.core.documents.letters import build_letter
from rembuk.core.documents.meeting_notes import build_meeting_notes
from rembuk.core.documents.minutes import build_minutes
from rembuk.core.documents.model import Document
from rembuk.core.documents.monthly_report import build_monthly_report
from rembuk.core.documents.perdes import build_perdes
from rembuk.core.documents.priorities import build_priorities
from rembuk.core.documents.problems import build_problems
from rembuk.core.documents.programmes import build_programmes
from rembuk.core.documents.proposal_recap import build_proposal_recap
from rembuk.core.documents.rab import build_rab
from rembuk.core.documents.result_letter import build_result_letter
from rembuk.core.documents.rkpdes import build_rkpdes
from rembuk.core.documents.rpjm_text import build_rpjm_text
from rembuk.core.documents.rpjmdes import build_rpjmdes
from rembuk.core.documents.sdgs_proposals import build_sdgs_proposals
from rembuk.core.documents.sdgs_roadmap import build_sdgs_roadmap
from rembuk.core.documents.technical_check import build_technical_check
from rembuk.core.documents.tools import build_institutions, build_seasons, build_sketch
from rembuk.core.documents.verification import build_verification
from rembuk.core.documents.village_data import build_village_data
from rembuk.core.documents.work_plan import build_work_plan
from rembuk.core.errors import RefusedError
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.deliberation.models import Meeting
from rembuk.documents.gather import (
    assessment,
    ceilings,
    comments,
    completeness,
    evaluation,
    financing,
    letters,
    meetings,
    mentoring,
    plans,
    priorities,
    rpjm,
    teamwork,
    training,
    upward,
)
from rembuk.documents.models import Letter
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.queries import review_by_id
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.queries import report_by_id
from rembuk.guidance.training.models import Certificate
from rembuk.guidance.training.queries import certificate_by_id
from rembuk.plans.models import RkpdesItem, RkpdesVersion, Rpjmdes, Team
from rembuk.shared import papers

BUNDLE = "Bundle"
TEAM_FORMS: Mapping[str, tuple[str, ...]] = {"drafting": ("F01", "F02"), "verification": ("F30",)}
WITH_PLACE = ("village__district", "village__regency")


Subject = (
    RkpdesVersion
    | RkpdesItem
    | Rpjmdes
    | Team
    | Meeting
    | Cycle
    | Assessment
    | Letter
    | Review
    | Certificate
    | MonthlyReport
)
"""A thing that papers print; it lies in a village, or in the district or regency that it is about."""


@dataclass(frozen=True, slots=True)
class Form:
    """One paper. kinds: kinds of subject, the usual one first. act: who may read the subject may read the paper.

    gather: key -> the builder's values, or a list of them that becomes one bundle.
    """

    code: str
    title: str | Promise
    kinds: tuple[str, ...]
    act: str
    gather: Callable[[str], Any]
    build: Callable[[Any], Document]

    def made(self, values: Any) -> tuple[Document, ...]:
        """Return the papers that these values make; one, or one per item."""
        return tuple(self.build(one) for one in values) if isinstance(values, list) else (self.build(values),)

    def data(self, values: Any) -> papers.Data:
        """Return the paper, or the bundle, as the JSON that is frozen."""
        return packed(list(self.made(values)) if isinstance(values, list) else self.build(values))


FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        Form("F01", _("SK Tim Penyusun"), ("team",), "plans.read", plans.team_decree, build_team_decree),
        Form("F02", _("RKTL Tim Penyusun"), ("team",), "plans.read", teamwork.work_plan, build_work_plan),
        Form("F03", _("Berita acara"), ("meeting",), "deliberation.read", meetings.minutes, build_minutes),
        Form("F04", _("Daftar hadir"), ("meeting",), "deliberation.see_names", meetings.attendance, build_attendance),
        Form("F05", _("Notulen"), ("meeting",), "deliberation.see_names", meetings.notes, build_meeting_notes),
        Form("F06", _("Program masuk Desa"), ("rpjm",), "plans.read", rpjm.programmes, build_programmes),
        *(
            Form(code, title, ("assessment",), "assessment.read", gather, build)
            for code, title, gather, build in (
                ("F07", _("Data Desa"), assessment.village_data, build_village_data),
                ("F08", _("Sketsa Desa"), assessment.sketches, build_sketch),
                ("F09", _("Kalender musim"), assessment.seasons, build_seasons),
                ("F10", _("Bagan kelembagaan"), assessment.institutions, build_institutions),
                ("F11", _("Pohon dan inventaris masalah"), assessment.problems, build_problems),
                ("F12", _("Pengkajian tindakan dan peringkat"), assessment.actions, build_actions),
                ("F13", _("Daftar gagasan dusun dan kelompok"), assessment.ideas, build_ideas),
                ("F15", _("Laporan pengkajian keadaan Desa"), assessment.report, build_assessment_report),
            )
        ),
        Form(
            "F14", _("Rekapitulasi usulan"), ("assessment", "cycle"), "cycles.read", assessment.any_recap,
            build_proposal_recap,
        ),
        Form("F16", _("Peta jalan SDGs Desa"), ("rpjm",), "plans.read", rpjm.roadmap, build_sdgs_roadmap),
        Form("F17", _("RPJM Desa"), ("rpjm",), "plans.read", rpjm.rpjmdes, build_rpjmdes),
        Form("F18", _("Naskah RPJM Desa"), ("rpjm",), "plans.read", rpjm.text, build_rpjm_text),
        Form("F19", _("Perdes RPJM atau RKP Desa"), ("plan", "rpjm"), "plans.read", rpjm.any_perdes, build_perdes),
        Form(
            "F20", _("Pagu indikatif Desa"), ("cycle",), "cycles.read", ceilings.indicative_ceilings,
            build_indicative_ceiling,
        ),
        Form(
            "F21", _("Data rencana pembiayaan"), ("cycle",), "plans.read", financing.financing, build_financing,
        ),
        Form("F22", _("Daftar prioritas usulan"), ("cycle",), "cycles.read", priorities.priorities, build_priorities),
        Form(
            "F23", _("Usulan per SDGs Desa"), ("cycle",), "cycles.read", priorities.sdgs_proposals,
            build_sdgs_proposals,
        ),
        Form("F24", _("Rencana kerja sama"), ("plan",), "plans.read", financing.cooperation, build_cooperation),
        Form("F25", _("Evaluasi RKP Desa tahun lalu"), ("cycle",), "plans.read", plans.evaluation, build_evaluation),
        Form("F26", _("RKP Desa"), ("plan",), "plans.read", plans.rkpdes, build_rkpdes),
        Form(
            "F27", _("Gambar rencana prasarana"), ("item", "plan"), "plans.read", teamwork.drawings,
            build_drawing_sheet,
        ),
        Form("F28", _("Rencana Anggaran Biaya"), ("item", "plan"), "plans.read", plans.rabs, build_rab),
        Form(
            "F29", _("Pemeriksaan proposal teknis dan RAB"), ("item", "plan"), "plans.read", plans.technical_checks,
            build_technical_check,
        ),
        Form("F30", _("SK Tim Verifikasi"), ("team",), "plans.read", plans.team_decree, build_team_decree),
        Form("F31", _("Usulan pelaksana kegiatan"), ("plan",), "plans.read", plans.implementers, build_implementers),
        Form("F32", _("DU-RKP Desa"), ("cycle",), "plans.read", upward.du_rkpdes, build_du_rkpdes),
        Form(
            "F33", _("Perubahan: Semula - Menjadi"), ("plan", "rpjm"), "plans.read", rpjm.any_amendment,
            rpjm.build_any_amendment,
        ),
        Form(
            "F34", _("Lembar verifikasi"), ("review", "cycle"), "evaluation.read_sheet", evaluation.any_verification,
            build_verification,
        ),
        Form(
            "F35", _("Keputusan, pandangan, dan tata tertib"), ("letter",), "documents.read_letter", letters.letter,
            build_letter,
        ),
        Form("F36", _("Surat"), ("letter",), "documents.read_letter", letters.letter, build_letter),
        Form(
            "F37", _("Ceklis kelengkapan"), ("cycle",), "cycles.read", completeness.completeness,
            build_completeness,
        ),
        Form(
            "F38", _("Ringkasan keuangan"), ("cycle",), "plans.read", financing.finance_summary,
            build_finance_summary,
        ),
        Form(
            "hasil-evaluasi", _("Surat hasil evaluasi"), ("review",), "evaluation.read_sheet", evaluation.result_letter,
            build_result_letter,
        ),
        Form(
            "laporan-bulanan", _("Laporan bulanan pendamping"), ("report",), "mentoring.read_report",
            mentoring.monthly_report, build_monthly_report,
        ),
        Form(
            "sertifikat", _("Sertifikat pelatihan"), ("certificate",), "training.certificates", training.certificate,
            build_certificate,
        ),
        Form(
            "tanggapan-rkp", _("Tanggapan warga atas rancangan RKP Desa"), ("plan",), "plans.read",
            comments.draft_comments, build_draft_comments,
        ),
        Form("undangan", _("Undangan"), ("meeting",), "deliberation.see_names", meetings.invitation, build_invitation),
    )
}  # fmt: skip


def form_of(code: str) -> Form:
    """Return the form with this code. Raises: RefusedError when Rembuk does not make it."""
    if code not in FORMS:
        raise RefusedError("paper-unknown", form=code)
    return FORMS[code]


def packed(made: Document | Sequence[Document]) -> papers.Data:
    """Return a paper or a bundle as JSON values."""
    if isinstance(made, Document):
        return cast("papers.Data", json.loads(frozen.to_json(made)))
    return {"_": BUNDLE, "documents": [json.loads(frozen.to_json(one)) for one in made]}


def unpacked(data: papers.Data) -> tuple[Document, ...]:
    """Return the papers that `packed` froze. Raises: ValueError if the data is no paper."""
    parts = data["documents"] if data.get("_") == BUNDLE else [data]
    return tuple(frozen.from_json(json.dumps(part)) for part in parts)


def subject_of(kind: str, key: str) -> Subject:
    """Return the thing that a paper prints. Raises: DoesNotExist, ValidationError, ValueError."""
    if kind == "plan":
        return RkpdesVersion.objects.select_related(*WITH_PLACE, "cycle").get(pk=key)
    if kind == "item":
        return RkpdesItem.objects.select_related("plan__village__district", "plan__village__regency").get(pk=key)
    if kind == "rpjm":
        return Rpjmdes.objects.select_related(*WITH_PLACE, "cycle").get(pk=key)
    if kind == "team":
        return Team.objects.select_related(*WITH_PLACE).get(pk=key)
    if kind == "meeting":
        return Meeting.objects.select_related(*WITH_PLACE).get(pk=key)
    if kind == "letter":
        return letters.letter_by_id(key)
    if kind == "cycle":
        return cycle_by_id(key)
    if kind == "assessment":
        return assessment_by_key(key)
    if kind == "review":
        return review_by_id(key)
    if kind == "certificate":
        return certificate_by_id(key)
    if kind == "report":
        return report_by_id(key)
    raise ValueError(kind)


def village_of(form: Form, key: str) -> str:
    """Return the village that a subject of this form belongs to. Raises: DoesNotExist of the last kind tried."""
    for kind in form.kinds[:-1]:
        try:
            return subject_of(kind, key).place.village
        except (RkpdesItem.DoesNotExist, RkpdesVersion.DoesNotExist, Assessment.DoesNotExist, Review.DoesNotExist):
            continue
    return subject_of(form.kinds[-1], key).place.village


def register_all() -> None:
    """Make every paper known by name to all rooms; called once from ``ready()``."""
    for form in FORMS.values():
        papers.register(
            form.code,
            str(form.title),
            gather=form.gather,
            build=form.data,
            village_of=partial(village_of, form),
        )
