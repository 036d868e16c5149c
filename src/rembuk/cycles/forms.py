"""Turn what people type about stages, evidence and excuses into clean values; services decide and save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.core.workflow.stages import PROFILES, STAGES, Profile
from rembuk.cycles.labels import FAMILY_NAMES, STAGE_TITLES

PAPER_OTHER = "LAIN"


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def text_field(label: Any, *, required: bool = True, length: int = 100, help_text: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "input"})
    return forms.CharField(label=label, required=required, max_length=length, help_text=help_text, widget=widget)


def sentence_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "input", "rows": 3})
    return forms.CharField(label=label, required=required, max_length=2000, help_text=help_text, widget=widget)


class EvidenceForm(forms.Form):
    """An uploaded document of a stage, with its number and date."""

    paper_code = forms.ChoiceField(label=_("Dokumen"), widget=forms.Select(attrs={"class": "input"}))
    title = text_field(_("Judul"), required=False, length=200, help_text=_("Kosong berarti nama dokumennya."))
    number = text_field(_("Nomor"), required=False, help_text=_("Isi kalau suratnya bernomor."))
    document_date = day_field(_("Tanggal dokumen"))
    signed = forms.BooleanField(label=_("Naskah ini sudah ditandatangani"), required=False)
    file = forms.FileField(label=_("Berkas PDF, foto, DOCX, atau XLSX"))

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = [(paper.form, f"{paper.form} {paper.title}") for paper in ALL_STAGES[stage].papers]
        field = self.fields["paper_code"]
        field.choices = [*papers, (PAPER_OTHER, _("Dokumen lain, misalnya foto kegiatan"))]  # type: ignore[attr-defined]

    def title_or_name(self, stage: str) -> str:
        """Return the title as typed, or the name of the chosen paper."""
        typed = str(self.cleaned_data["title"])
        names = {paper.form: paper.title for paper in ALL_STAGES[stage].papers}
        return typed or names.get(self.cleaned_data["paper_code"], str(_("Dokumen lain")))


class CompleteForm(forms.Form):
    """The day it happened, and which version of the stage the reader saw."""

    done_date = day_field(_("Tanggal kejadian menurut surat"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OpenRpjmForm(forms.Form):
    """The day a village head was inaugurated; the years of the plan where they differ from the usual ones."""

    inauguration_date = day_field(_("Tanggal pelantikan Kepala Desa"))
    start_year = forms.IntegerField(
        label=_("Tahun pertama RPJM"),
        required=False,
        min_value=2014,
        max_value=2099,
        help_text=_("Kosong berarti tahun pelantikan."),
        widget=forms.NumberInput(attrs={"class": "input"}),
    )
    end_year = forms.IntegerField(
        label=_("Tahun terakhir RPJM"),
        required=False,
        min_value=2014,
        max_value=2110,
        help_text=_("Kosong berarti sepanjang masa jabatan menurut hukum."),
        widget=forms.NumberInput(attrs={"class": "input"}),
    )
    cycle_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A sentence why."""

    reason = sentence_field(_("Alasan"))


class ExcuseForm(forms.Form):
    """Why the clock should stand still, from when to when, by which letter."""

    reason = sentence_field(_("Alasan"), help_text=_("Satu kalimat; alasan ini dapat dibaca umum."))
    from_date = day_field(_("Jeda mulai"))
    to_date = day_field(_("Jeda sampai"), required=False, help_text=_("Kosong berarti masih berlangsung."))
    letter_number = text_field(_("Nomor surat"), required=False)
    letter_date = day_field(_("Tanggal surat"), required=False)
    file = forms.FileField(label=_("Berkas surat"), required=False)


class DecisionForm(forms.Form):
    """Grant or refuse an excuse."""

    granted = forms.TypedChoiceField(
        label=_("Keputusan"),
        choices=[("ya", _("Diakui, jam berhenti")), ("tidak", _("Ditolak"))],
        coerce=lambda text: text == "ya",
        widget=forms.RadioSelect,
    )
    note = sentence_field(_("Catatan"), required=False, help_text=_("Wajib kalau ditolak."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HolidayForm(forms.Form):
    """A holiday of the regency."""

    day = day_field(_("Tanggal"))
    name = text_field(_("Nama hari libur"), length=120)
    source = text_field(_("Dasar, misalnya nomor surat edaran"), required=False, length=200)


class ProcedureForm(forms.Form):
    """The order of meetings, the regency's targets, and meetings that are not held as a step of their own."""

    profile = forms.ChoiceField(
        label=_("Urutan tahapan"),
        choices=[(profile.code, profile.title) for profile in PROFILES.values()],
        widget=forms.Select(attrs={"class": "input"}),
    )
    off = forms.MultipleChoiceField(
        label=_("Musyawarah yang tidak dijadikan tahapan tersendiri"),
        required=False,
        choices=[(code, STAGE_TITLES[code]) for code, stage in STAGES.items() if stage.meeting],
        widget=forms.CheckboxSelectMultiple,
    )
    family = forms.ChoiceField(
        label=_("Bentuk formulir yang punya dua versi"),
        required=False,
        choices=list(FAMILY_NAMES.items()),
        widget=forms.Select(attrs={"class": "input"}),
    )
    running = forms.BooleanField(
        label=_("Ubah juga target siklus yang sedang berjalan (tahapan yang belum selesai)"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes: Sequence[str] = tuple(STAGES)
        for code in self.codes:
            asked = profile.targets.get(code, STAGES[code].usual)
            self.fields[f"target_{code}"] = forms.RegexField(
                r"^(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])$",
                label=STAGE_TITLES[code],
                required=False,
                initial=f"{asked[1]}/{asked[0]}" if asked else "",
                widget=forms.TextInput(attrs={"class": "input", "inputmode": "numeric", "size": 6}),
                error_messages={"invalid": _("Tulis tanggal/bulan, misalnya 31/5. Isian lain tetap ada.")},
            )

    def target_fields(self) -> list[tuple[str, forms.BoundField]]:
        """The stage code and its bound field, in the order of the stages."""
        return [(code, self[f"target_{code}"]) for code in self.codes]

    def targets(self) -> dict[str, tuple[int, int] | None]:
        """Return stage -> (month, day), None where nothing was typed."""
        found: dict[str, tuple[int, int] | None] = {}
        for code in self.codes:
            text = self.cleaned_data.get(f"target_{code}") or ""
            day, _slash, month = text.partition("/")
            found[code] = (int(month), int(day)) if month else None
        return found
