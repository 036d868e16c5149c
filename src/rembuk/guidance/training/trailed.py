"""What of the training room stands in the trail, and under which words."""

from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.guidance.training import labels, models
from rembuk.shared.trail import audit, words

TABLES: dict[type[Model], str | Promise] = {
    models.TrainingBatch: _("angkatan pelatihan"),
    models.BatchUnit: _("satuan dalam angkatan"),
    models.BatchTrainer: _("pelatih angkatan"),
    models.TrainingSession: _("sesi pelatihan"),
    models.CurriculumUnit: _("satuan kurikulum"),
    models.Enrolment: _("peserta"),
    models.Attendance: _("kehadiran pelatihan"),
    models.LevelRating: _("penilaian kemampuan"),
    models.ItemSet: _("paket soal"),
    models.BatchTest: _("tes"),
    models.AnswerSheet: _("lembar jawaban"),
    models.BehaviourObservation: _("pengamatan perilaku"),
    models.MicroTeaching: _("praktik mengajar"),
    models.Certificate: _("sertifikat"),
    models.OutsideCredit: _("sertifikat dari luar"),
}
IGNORED: dict[type[Model], tuple[str, ...]] = {
    models.TrainingSession: ("secret",),
    models.AnswerSheet: ("answers", "topics"),
    models.Certificate: ("signed_text",),
}
"""Columns that the trail does not repeat. A reaction sheet is not in it at all: names stay away from what was said."""


def register() -> None:
    """Name every table and let its changes be written down."""
    for model in TABLES:
        audit(model, ignore=IGNORED.get(model, ()))
    words.register(tables=TABLES, columns=labels.COLUMNS)


def rows_of(batch: models.TrainingBatch) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to a batch."""
    found: list[tuple[type[Model], list[UUID]]] = []
    for model in (models.BatchUnit, models.BatchTrainer, models.TrainingSession, models.BatchTest):
        found.append((model, list(model._default_manager.filter(batch=batch).values_list("pk", flat=True))))
    return found
