"""Turns typed input into clean values; the services write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.core.errors import RembukError
from rembuk.regions.models import AccessMode, Hamlet, Signal, Village
from rembuk.regions.services import HamletFacts, RtFacts, VillageFacts
from rembuk.shared.wording import sentence

INPUT = {"class": "input"}


def how_many(label: Any, help_text: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={**INPUT, "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=2_000_000, required=False, widget=widget
    )


def degrees(label: Any) -> forms.FloatField:
    widget = forms.TextInput(attrs={**INPUT, "inputmode": "decimal"})
    return forms.FloatField(label=label, required=False, widget=widget, localize=True)


class VillageForm(forms.Form):
    """What a village says of itself."""

    access_mode = forms.ChoiceField(label=_("Jalan ke desa"), choices=AccessMode.choices)
    signal = forms.ChoiceField(label=_("Sinyal telepon"), choices=Signal.choices)
    latitude = degrees(_("Lintang kantor desa (derajat, selatan minus)"))
    longitude = degrees(_("Bujur kantor desa (derajat)"))
    postal_code = forms.RegexField(
        regex=r"^\d{5}$",
        label=_("Kode pos"),
        required=False,
        widget=forms.TextInput(attrs={**INPUT, "inputmode": "numeric"}),
        error_messages={"invalid": _("Kode pos lima angka, misalnya 75562.")},
    )
    population = how_many(_("Jumlah penduduk (jiwa)"))

    @classmethod
    def showing(cls, village: Village) -> "VillageForm":
        return cls(initial={name: getattr(village, name) for name in cls.base_fields})

    def facts(self) -> VillageFacts:
        return VillageFacts(**self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("latitude") is None) != (values.get("longitude") is None) and not self.errors:
            self.add_error("longitude", _("Isi lintang dan bujur bersama, atau kosongkan keduanya."))
        return values

    def refuse(self, error: RembukError) -> None:
        self.add_error("latitude" if error.code == "coordinates-outside" else None, sentence(error))


class HamletForm(forms.Form):
    """A hamlet, or the unit that the village uses in its place."""

    name = forms.CharField(label=_("Nama dusun"), max_length=100, widget=forms.TextInput(attrs=INPUT))
    order = forms.IntegerField(
        label=_("Urutan dalam daftar"), min_value=1, max_value=200, initial=1, widget=forms.NumberInput(attrs=INPUT)
    )
    population = how_many(_("Jumlah penduduk (jiwa)"))
    poor_households = how_many(_("Rumah tangga miskin"), _("Tidak pernah tampil untuk umum per dusun."))

    @classmethod
    def showing(cls, hamlet: Hamlet) -> "HamletForm":
        return cls(initial={name: getattr(hamlet, name) for name in cls.base_fields})

    def facts(self) -> HamletFacts:
        return HamletFacts(**self.cleaned_data)

    def refuse(self, error: RembukError) -> None:
        self.add_error("name" if error.code == "hamlet-name-taken" else None, sentence(error))


class RtForm(forms.Form):
    """An RT of the village."""

    number = forms.RegexField(
        regex=r"^[0-9A-Za-z./ -]{1,10}$",
        label=_("Nomor RT"),
        help_text=_("Seperti orang menyebutnya, misalnya 03."),
        widget=forms.TextInput(attrs=INPUT),
    )
    hamlet_id = forms.TypedChoiceField(label=_("Dusun"), required=False, empty_value=None)
    household_count = how_many(_("Jumlah kepala keluarga"))

    def __init__(self, *args: Any, village: Village, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hamlets = village.hamlets.filter(valid_to__isnull=True).order_by("order", "name", "id")
        choices = [("", _("tidak di dusun tertentu")), *((str(hamlet.id), hamlet.name) for hamlet in hamlets)]
        self.fields["hamlet_id"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> RtFacts:
        return RtFacts(**self.cleaned_data)

    def refuse(self, error: RembukError) -> None:
        field = {"rt-number-taken": "number", "hamlet-elsewhere": "hamlet_id"}.get(error.code)
        self.add_error(field, sentence(error))
