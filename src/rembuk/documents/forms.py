"""Turn what people type for letters and work plans into clean values; services decide and save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.core.documents.letter_model import LetterKind
from rembuk.core.documents.work_plan import WorkStep

SEX = {"L": "L", "P": "P"}


def words(label: Any, length: int, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "input"})
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)


def two_lines(label: Any, length: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "input", "rows": 2})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget)


def lines(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "input", "rows": 6})
    return forms.CharField(label=label, max_length=8000, required=required, help_text=help_text, widget=widget)


def day(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class LetterForm(forms.Form):
    """One letter: what every kind has, then the fields of its own kind."""

    number = words(_("Nomor"), 100, help_text=_("Boleh diisi nanti, sesudah surat bernomor."))
    letter_date = day(_("Tanggal"), required=True)
    addressee = words(_("Ditujukan kepada"), 300, help_text=_("Kosong berarti tujuan bawaan."))
    signer_name = words(_("Nama penanda tangan"), 200, help_text=_("Kosong berarti pejabat pada tanggal itu."))
    signer_number = words(_("NIP"), 60)

    def __init__(self, *args: Any, kind: LetterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind.shape != "letter":
            del self.fields["addressee"]
        if kind.issuer != "regency":
            del self.fields["signer_number"]
        for one in kind.fields:
            make = lines if one.long else words
            more = {} if one.long else {"length": 300}
            hint = _("Misalnya: %(sample)s") % {"sample": one.sample}
            self.fields[one.name] = make(one.label, required=one.required, help_text=hint, **more)
        if kind.members:
            self.fields["members"] = lines(
                _("Susunan panitia"),
                help_text=_("Satu orang per baris: nama; L atau P; jabatan atau unsur; kedudukan."),
            )

    def clean_members(self) -> list[tuple[str, str, str, str]]:
        """Read the committee line by line. Raises: ValidationError naming the line."""
        found = []
        for number, line in enumerate(str(self.cleaned_data["members"]).splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(";")]
            if len(parts) != 4 or not parts[0] or parts[1].upper() not in SEX:
                wanted = _("Baris %(line)s tidak terbaca. Tulis: nama; L atau P; jabatan atau unsur; kedudukan.")
                raise forms.ValidationError(wanted, params={"line": number})
            found.append((parts[0][:150], parts[1].upper(), parts[2][:120], parts[3][:60]))
        return found

    @property
    def own_values(self) -> dict[str, str]:
        """The fields of the kind, as typed and clean."""
        return {one.name: str(self.cleaned_data.get(one.name, "")) for one in self.kind.fields}


class StepForm(forms.Form):
    """One line of a work plan; a line without any word is no line."""

    activity = two_lines(_("Uraian kegiatan"), 200)
    day = day(_("Tanggal"))
    hours = words(_("Pukul"), 20)
    place = words(_("Tempat"), 120)
    responsible = words(_("Penanggung jawab"), 120)
    remark = words(_("Keterangan"), 200)
    output = two_lines(_("Keluaran"), 200)

    @property
    def step(self) -> WorkStep | None:
        """The line, or None when nothing was typed."""
        values = self.cleaned_data
        said = {name: str(values.get(name) or "") for name in self.fields if name != "day"}
        step = WorkStep(**said, day=values.get("day"))
        return step if step != WorkStep("") else None


StepFormSet = forms.formset_factory(StepForm, extra=3, max_num=60)
