"""Turns typed input into clean values; the services write."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person, looks_like_phone, normal_phone
from rembuk.accounts.permissions import may_grant
from rembuk.accounts.values import Post, Who
from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat, Place, Role
from rembuk.core.lists import regional_agencies
from rembuk.regions.models import District, Hamlet, Regency, Rt, Village
from rembuk.regions.queries import villages_in
from rembuk.shared.roles import role_name
from rembuk.shared.wording import sentence

INPUT = {"class": "input"}


def text_input(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={**INPUT, **attrs})


def password_input(kind: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={**INPUT, "autocomplete": kind})


class SignInForm(forms.Form):
    """Any of the person's names, and the password."""

    name = forms.CharField(
        label=_("Nama masuk, surel, atau nomor HP"),
        max_length=254,
        widget=text_input(autocomplete="username", autocapitalize="none", spellcheck="false"),
    )
    password = forms.CharField(label=_("Kata sandi"), strip=False, widget=password_input("current-password"))


class CodeForm(forms.Form):
    """The one-time code from the slip."""

    code = forms.CharField(
        label=_("Kode sekali pakai"),
        help_text=_(
            "Sepuluh huruf dan angka dari lembar kode, misalnya 7KQ2M-X9D4T. Huruf kecil dan spasi tidak masalah."
        ),
        max_length=30,
        widget=text_input(autocomplete="one-time-code", autocapitalize="characters", spellcheck="false"),
    )


class SecondFactorForm(forms.Form):
    """Six digits of the device, or a recovery code."""

    code = forms.CharField(
        label=_("Kode dari aplikasi di HP, atau satu kode cadangan"),
        max_length=20,
        widget=text_input(autocomplete="one-time-code", inputmode="numeric"),
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_(
            "Paling sedikit 10 huruf. Tiga kata yang mudah Anda ingat lebih baik daripada satu kata yang rumit."
        ),
        strip=False,
        widget=password_input("new-password"),
    )
    again = forms.CharField(label=_("Ulangi kata sandi baru"), strip=False, widget=password_input("new-password"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("Kedua isian tidak sama. Ketik ulang keduanya."))
        return values


class FirstPasswordForm(NewPasswordForm):
    """The first password of an invited person, who must be 17 or older."""

    adult = forms.BooleanField(
        label=_("Saya berumur 17 tahun atau lebih"),
        error_messages={"required": _("Akun hanya untuk orang berumur 17 tahun ke atas.")},
    )


class ChangePasswordForm(NewPasswordForm):
    """The old password, then the new one."""

    old = forms.CharField(label=_("Kata sandi sekarang"), strip=False, widget=password_input("current-password"))
    field_order = ("old", "password", "again")

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.person.check_password(old):
            raise ValidationError(_("Kata sandi sekarang tidak cocok."))
        return old


class ProfileForm(forms.Form):
    """What a person may change of their own account."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=150, widget=text_input(autocomplete="name"))
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={**INPUT, "autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        help_text=_("Hanya untuk masuk dan dihubungi; tidak pernah tampil untuk umum."),
        required=False,
        max_length=20,
        widget=text_input(autocomplete="tel", inputmode="tel"),
    )
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email and self._others().filter(email=email).exists():
            raise ValidationError(_("Surel ini sudah dipakai akun lain. Tulis yang lain atau kosongkan."))
        return email

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"], self._others())

    def _others(self) -> Any:
        return Person.objects.exclude(pk=self.person.pk) if self.person else Person.objects.all()


def clean_phone(text: str, others: Any) -> str:
    """Return the phone as ``628...``, or empty. Raises: ValidationError."""
    if not text:
        return ""
    if not looks_like_phone(text):
        raise ValidationError(_("Nomor HP tidak terbaca. Tulis seperti 0812 3456 7890."))
    phone = normal_phone(text)
    if others.filter(phone=phone).exists():
        raise ValidationError(_("Nomor ini sudah dipakai akun lain. Tulis yang lain atau kosongkan."))
    return phone


def date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={**INPUT, "type": "date"})


class PostForm(forms.Form):
    """A role at a place; what may be picked depends on the hat that gives it."""

    role = forms.ChoiceField(label=_("Peran"))
    place = forms.ChoiceField(label=_("Tempat"))
    decree_number = forms.CharField(
        label=_("Nomor SK"),
        help_text=_(
            "Wajib untuk PTPD, pendamping lokal, pendamping daerah, dan tim penyusun, begitu juga tanggal akhirnya."
        ),
        required=False,
        max_length=100,
        widget=text_input(),
    )
    start_date = forms.DateField(label=_("Mulai"), widget=date_input())
    end_date = forms.DateField(
        label=_("Sampai"), help_text=_("Hari terakhir yang masih berlaku."), required=False, widget=date_input()
    )
    agency = forms.ChoiceField(
        label=_("Perangkat daerah"),
        help_text=_("Hanya untuk peran perangkat daerah teknis."),
        required=False,
        choices=lambda: [("", "–"), *((agency.code, agency.name) for agency in regional_agencies().values())],
        widget=forms.Select(attrs=INPUT),
    )
    acting = forms.BooleanField(label=_("Pelaksana tugas (Plt) atau penjabat (Pj)"), required=False)

    def __init__(self, *args: Any, hat: Hat, village: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(role.value, role_name(role)) for role in Role if may_grant(hat, role)]
        self.fields["role"].choices = names  # type: ignore[attr-defined]
        self.fields["place"].choices = place_choices(hat, village)  # type: ignore[attr-defined]

    def clean_place(self) -> Place:
        return place_of_choice(self.cleaned_data["place"])

    def post(self) -> Post:
        """Return the clean values as the services take them."""
        values = self.cleaned_data
        return Post(
            role=Role(values["role"]),
            place=values["place"],
            start_date=values["start_date"],
            end_date=values["end_date"],
            decree_number=values["decree_number"].strip(),
            agency=values["agency"],
            acting=values["acting"],
        )

    def refuse(self, error: RembukError) -> None:
        """Show a refusal of the service beside the field it is about; everything typed stays."""
        field = _FIELD_OF_CODE.get(error.code)
        self.add_error(field if field in self.fields else None, sentence(error))


class InviteForm(PostForm):
    """A new person with their first assignment."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=150, widget=text_input(autocomplete="off"))
    username = forms.RegexField(
        regex=r"^[a-z0-9][a-z0-9._-]{2,59}$",
        label=_("Nama masuk"),
        help_text=_("Huruf kecil, angka, titik, atau garis; tanpa spasi. Misalnya siti.melintang"),
        error_messages={"invalid": _("Pakai huruf kecil, angka, titik, atau garis; paling sedikit tiga huruf.")},
        widget=text_input(autocomplete="off", autocapitalize="none"),
    )
    email = forms.EmailField(label=_("Surel"), required=False, widget=forms.EmailInput(attrs=INPUT))
    phone = forms.CharField(label=_("Nomor HP"), required=False, max_length=20, widget=text_input(inputmode="tel"))
    field_order = (
        *("name", "username", "phone", "email", "role", "place"),
        *("decree_number", "start_date", "end_date", "agency", "acting"),
    )

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"], Person.objects.all())

    def who(self) -> Who:
        values = self.cleaned_data
        return Who(values["name"].strip(), values["username"], values["email"], values["phone"])


_FIELD_OF_CODE = {
    "name-taken": "username",
    "email-taken": "email",
    "phone-taken": "phone",
    "role-above": "role",
    "place-missing": "place",
    "place-elsewhere": "place",
    "decree-missing": "decree_number",
    "ends-before-start": "end_date",
}


def place_choices(hat: Hat, village: str = "") -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
    """Return what *hat* covers: regency, districts, villages by district, and what lies below one village."""
    choices: list[tuple[str, str] | tuple[str, list[tuple[str, str]]]] = []
    place = hat.place
    if not place.district:
        regencies = Regency.objects.filter(pk=place.regency) if place.regency else Regency.objects.all()
        choices += [(f"regency:{r.code}", r.name) for r in regencies]
    if not place.village:
        districts = District.objects.filter(pk=place.district) if place.district else District.objects.all()
        if place.regency:
            districts = districts.filter(regency_id=place.regency)
        choices.append((str(_("Kecamatan")), [(f"district:{d.code}", d.full_name) for d in districts]))
    groups: dict[str, list[tuple[str, str]]] = {}
    for found in villages_in(place):
        groups.setdefault(found.district.full_name, []).append((f"village:{found.id}", found.full_name))
    choices += list(groups.items())
    return choices + _below(place.village or village)


def _below(village: str) -> list[tuple[str, list[tuple[str, str]]]]:
    if not village:
        return []
    hamlets = Hamlet.objects.filter(village_id=village, valid_to__isnull=True)
    rts = Rt.objects.filter(village_id=village)
    parts = [
        (str(_("Dusun")), [(f"hamlet:{hamlet.id}", hamlet.name) for hamlet in hamlets]),
        (str(_("RT")), [(f"rt:{rt.id}", str(rt)) for rt in rts]),
    ]
    return [(title, rows) for title, rows in parts if rows]


def place_of_choice(choice: str) -> Place:
    """Return the whole place that a choice names. Raises: ValidationError."""
    kind, _colon, key = choice.partition(":")
    found: Regency | District | Village | Hamlet | Rt | None = None
    match kind:
        case "regency":
            found = Regency.objects.filter(pk=key).first()
        case "district":
            found = District.objects.filter(pk=key).first()
        case "village":
            found = Village.objects.filter(pk=key).first()
        case "hamlet":
            found = Hamlet.objects.filter(pk=key).first()
        case "rt":
            found = Rt.objects.filter(pk=key).first()
    if found is None:
        raise ValidationError(_("Tempat itu tidak ada. Pilih dari daftar."))
    return found.place
