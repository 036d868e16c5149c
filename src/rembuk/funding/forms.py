"""Turn what people type about ceilings into clean values; services decide and save."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rembuk.core.lists import funding_sources
from rembuk.core.money import MoneyError, parse_rupiah
from rembuk.funding.labels import source_name
from rembuk.funding.models import Ceiling
from rembuk.funding.services import Line

EARMARKED = "KDMP"
PROGRAMME = "RTKU"
SCAN = _("Pindaian surat (menjadi bukti tahap K3)")


class RupiahField(forms.CharField):
    """Whole rupiah as people write it; empty is None, zero is zero."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "input end", "inputmode": "numeric"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_rupiah(text)
        except MoneyError as error:
            message = _t("“%(read)s” tidak terbaca. Tulis 12500000 atau 12.500.000. Isian lain tetap ada.")
            raise forms.ValidationError(message % {"read": text}) from error
        if amount < 0:
            message = _t("“%(read)s” bernilai minus. Tulis 0 atau lebih. Isian lain tetap ada.")
            raise forms.ValidationError(message % {"read": text})
        return amount


def day_field(label: Any, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )


class FiguresForm(forms.Form):
    """One field per source, in the order of the code list. *sources*: which ones this form asks for."""

    def __init__(self, *args: Any, sources: Sequence[str] | None = None, earmarks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[tuple[str, str, str, str]] = []
        for code in sources if sources is not None else tuple(funding_sources()):
            self.add_row(code, "", "", source_name(code))
            if earmarks and code == "DDS":
                self.add_row(code, EARMARKED, "", _("Dana Desa untuk KDMP (tidak direncanakan warga)"))
            if earmarks and code == "PBK":
                self.add_row(code, "", PROGRAMME, _("Bantuan Keuangan Kabupaten, program RTKU"))

    def add_row(self, code: str, earmark: str, programme: str, label: Any) -> None:
        name = "_".join(part for part in (code, earmark, programme) if part).lower()
        self.fields[name] = RupiahField(label=label)
        self.rows.append((name, code, earmark, programme))

    @property
    def figure_fields(self) -> list[tuple[str, forms.BoundField]]:
        """The code and the bound field of every row, for the template."""
        return [(code, self[name]) for name, code, _earmark, _programme in self.rows]

    def lines(self) -> list[Line]:
        """Return the lines that were filled in; zero is filled in."""
        found = ((self.cleaned_data.get(name), code, mark, tag) for name, code, mark, tag in self.rows)
        return [Line(code, amount, mark, tag) for amount, code, mark, tag in found if amount is not None]


class LetterForm(FiguresForm):
    """A ceiling letter of the regency and its figures for one village."""

    letter_number = forms.CharField(
        label=_("Nomor surat pagu"), max_length=100, widget=forms.TextInput(attrs={"class": "input"})
    )
    letter_date = day_field(_("Tanggal surat"), required=True)
    received_date = day_field(_("Tanggal diterima desa"), required=False)
    stage = forms.ChoiceField(
        label=_("Jenis pagu"),
        choices=[(stage.value, stage.label) for stage in Ceiling.Stage if stage != Ceiling.Stage.PROVISIONAL],
        widget=forms.Select(attrs={"class": "input"}),
    )
    file = forms.FileField(label=SCAN, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, earmarks=True, **kwargs)


class OwnForm(FiguresForm):
    """The village's own estimates, with where they come from."""

    basis = forms.CharField(
        label=_("Dasar perkiraan"), max_length=300, required=False, widget=forms.TextInput(attrs={"class": "input"})
    )


class IssueForm(forms.Form):
    """Bring into force what waits."""

    received_date = day_field(_("Tanggal diterima desa (kosong: tanggal surat)"), required=False)


class SheetForm(forms.Form):
    """A regency's ceilings as a file, with the letter they come from."""

    budget_year = forms.IntegerField(
        label=_("Tahun anggaran"), min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "input"})
    )
    letter_number = forms.CharField(
        label=_("Nomor surat pagu"), max_length=100, widget=forms.TextInput(attrs={"class": "input"})
    )
    letter_date = day_field(_("Tanggal surat"), required=True)
    stage = forms.ChoiceField(
        label=_("Jenis pagu"),
        choices=[(stage.value, stage.label) for stage in Ceiling.Stage if stage != Ceiling.Stage.PROVISIONAL],
        widget=forms.Select(attrs={"class": "input"}),
    )
    file = forms.FileField(label=SCAN, required=False)
    sheet = forms.FileField(label=_("Berkas XLSX atau CSV"))

    def letter_values(self) -> tuple[int, str, date, str]:
        data = self.cleaned_data
        return (
            cast(int, data["budget_year"]),
            cast(str, data["letter_number"]),
            cast(date, data["letter_date"]),
            cast(str, data["stage"]),
        )
