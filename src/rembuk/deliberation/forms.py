"""Turn what people type about a meeting into clean values; services decide and save."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rembuk.core.law.elements import PRODUCTION_GROUPS
from rembuk.deliberation.labels import CHANNEL_NAMES, ELEMENT_NAMES, KINDS
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.rules import VillageRules
from rembuk.deliberation.values import OFFERED_KINDS, AttendanceValues, MeetingValues, NoteValues
from rembuk.regions.models import Hamlet, Village


def text_field(label: Any, *, required: bool = True, length: int = 150, help_text: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "input"})
    return forms.CharField(label=label, required=required, max_length=length, help_text=help_text, widget=widget)


def lines_field(label: Any, *, required: bool = True, rows: int = 4, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "input", "rows": rows})
    return forms.CharField(label=label, required=required, max_length=60_000, help_text=help_text, widget=widget)


def element_choices(blank: Any = "") -> list[tuple[str, Any]]:
    """Return the elements and capacities as a list offers them, beginning with nothing."""
    return [("", blank or _("pilih unsur")), *ELEMENT_NAMES.items()]


def element_field(label: Any) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "input"})
    return forms.ChoiceField(label=label, required=False, choices=element_choices(), widget=widget)


class MeetingForm(forms.Form):
    """The plan of a meeting."""

    kind = forms.ChoiceField(
        label=_("Jenis musyawarah"),
        choices=[(code, KINDS[code]) for code in OFFERED_KINDS],
        widget=forms.Select(attrs={"class": "input"}),
    )
    hamlet = forms.ModelChoiceField(
        label=_("Dusun"),
        queryset=Hamlet.objects.none(),
        required=False,
        empty_label=_("seluruh desa"),
        help_text=_("Wajib untuk musyawarah dusun."),
        widget=forms.Select(attrs={"class": "input"}),
    )
    group_name = text_field(
        _("Nama kelompok"), required=False, length=120, help_text=_("Wajib untuk musyawarah kelompok.")
    )
    scheduled_at = forms.CharField(
        label=_("Tanggal dan jam"), widget=forms.TextInput(attrs={"class": "input", "type": "datetime-local"})
    )
    location = text_field(_("Tempat"), length=200)
    agenda = lines_field(_("Agenda"), rows=6, help_text=_("Satu baris satu pokok."))
    title = text_field(_("Judul"), required=False, length=200, help_text=_("Kosong berarti nama yang biasa."))
    chair_name = text_field(_("Nama pimpinan musyawarah"), required=False)
    chair_element = element_field(_("Pimpinan dari unsur"))
    note_taker_name = text_field(_("Nama notulis"), required=False)
    note_taker_element = element_field(_("Notulis dari unsur"))
    resource_persons = lines_field(
        _("Narasumber"), required=False, rows=3, help_text=_("Satu baris satu orang: nama; unsur.")
    )
    community_signers = lines_field(
        _("Wakil masyarakat yang menandatangani"), required=False, rows=2, help_text=_("Satu baris satu nama.")
    )
    head = text_field(_("Nama Kepala Desa"), required=False)
    bpd = text_field(_("Nama Ketua BPD"), required=False)
    team = text_field(_("Nama Ketua Tim Penyusun"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, village: Village, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hamlet"]
        field.queryset = village.hamlets.filter(valid_to__isnull=True).order_by("order", "name", "id")  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(meeting: Meeting, zone: ZoneInfo) -> dict[str, object]:
        """Return what the form shows of a stored meeting."""
        names = ("kind", "group_name", "location", "title", "chair_name", "chair_element")
        more = ("note_taker_name", "note_taker_element", "version")
        return {
            **{name: getattr(meeting, name) for name in (*names, *more)},
            "hamlet": meeting.hamlet_id,
            "scheduled_at": f"{meeting.scheduled_at.astimezone(zone):%Y-%m-%dT%H:%M}",
            "agenda": "\n".join(meeting.agenda),
            "resource_persons": "\n".join(
                "; ".join(part for part in (row["name"], row.get("element", "")) if part)
                for row in meeting.resource_persons
            ),
            "community_signers": "\n".join(meeting.community_signers),
            **{key: meeting.signers.get(key, "") for key in ("head", "bpd", "team")},
        }

    def values(self, moment: Any) -> MeetingValues:
        """Return the clean values; *moment* is the time as the regency reads it."""
        data = self.cleaned_data
        people = [line.partition(";") for line in data["resource_persons"].splitlines() if line.strip(" ;")]
        return MeetingValues(
            kind=data["kind"],
            scheduled_at=moment,
            location=data["location"],
            agenda=tuple(data["agenda"].splitlines()),
            title=data["title"],
            hamlet_id=data["hamlet"].id if data["hamlet"] is not None else None,
            group_name=data["group_name"],
            chair_name=data["chair_name"],
            chair_element=data["chair_element"],
            note_taker_name=data["note_taker_name"],
            note_taker_element=data["note_taker_element"],
            resource_persons=tuple((name.strip(), element.strip()) for name, _mark, element in people),
            community_signers=tuple(data["community_signers"].splitlines()),
            signers={key: data[key] for key in ("head", "bpd", "team")},
        )


class InviteForm(forms.Form):
    """Who is invited, by which letter, when and how."""

    lines = lines_field(
        _("Yang diundang"),
        required=False,
        rows=10,
        help_text=_("Tempel daftar, satu baris satu orang: nama; unsur; jabatan. Yang sudah ada tidak digandakan."),
    )
    invited_count = forms.IntegerField(
        label=_("Jumlah undangan"),
        required=False,
        min_value=0,
        max_value=5_000,
        help_text=_("Isi hanya kalau daftarnya tidak ditulis."),
        widget=forms.NumberInput(attrs={"class": "input"}),
    )
    invitation_number = text_field(_("Nomor undangan"), required=False, length=100)
    invitation_date = forms.DateField(
        label=_("Tanggal undangan dikirim"),
        widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )
    channel = forms.ChoiceField(
        label=_("Dikirim lewat"), choices=list(CHANNEL_NAMES.items()), widget=forms.Select(attrs={"class": "input"})
    )


class RulesForm(forms.Form):
    """The thresholds of a village's house rules."""

    house_rules = text_field(
        _("Nomor Perdes Tata Tertib"),
        required=False,
        length=200,
        help_text=_("Wajib kalau ada angka yang berbeda dari bawaan."),
    )
    quorum = text_field(_("Kuorum, bagian dari undangan"), length=9, help_text=_("Misalnya 2/3."))
    invitation_days = forms.IntegerField(label=_("Undangan paling lambat, hari sebelumnya"), min_value=0, max_value=60)
    adjourn_hours = forms.IntegerField(label=_("Ditunda paling lama, jam"), min_value=0, max_value=24)
    retry_days = forms.IntegerField(label=_("Tanggal baru paling lama, hari"), min_value=0, max_value=60)
    second_session_without_quorum = forms.BooleanField(
        label=_("Sidang kedua boleh jalan dengan yang hadir"), required=False
    )
    majority = text_field(_("Suara diterima bila lebih dari"), length=9, help_text=_("Misalnya 1/2."))
    women_target = text_field(_("Sasaran bagian perempuan"), length=9, help_text=_("Misalnya 3/10."))
    elements_block = forms.BooleanField(label=_("Unsur yang belum terwakili menahan musyawarah"), required=False)
    production_groups = forms.MultipleChoiceField(
        label=_("Kelompok usaha yang ada di desa"),
        required=False,
        choices=[(code, ELEMENT_NAMES[code]) for code in PRODUCTION_GROUPS],
        widget=forms.CheckboxSelectMultiple,
    )
    has_disabled = forms.BooleanField(label=_("Ada warga berkebutuhan khusus di desa"), required=False)

    @staticmethod
    def initial_of(rules: VillageRules) -> Mapping[str, object]:
        return rules.as_json()


def attendance_of(post: QueryDict, prefix: str = "") -> AttendanceValues:
    """Read one person from the fields of the attendance row."""
    return AttendanceValues(
        name=post.get(f"{prefix}nama", ""),
        sex=post.get(f"{prefix}lp", ""),
        element=post.get(f"{prefix}unsur", ""),
        address=post.get(f"{prefix}alamat", ""),
        position=post.get(f"{prefix}jabatan", ""),
        phone=post.get(f"{prefix}hp", ""),
        invited=post.get(f"{prefix}diundang") == "ya",
        has_voting_right=post.get(f"{prefix}tanpa_suara") != "ya",
        signed=post.get(f"{prefix}belum_ttd") != "ya",
    )


def note_of(post: QueryDict) -> NoteValues:
    """Read one contribution from the fields of the notes."""
    return NoteValues(
        point=post.get("pokok", ""),
        agenda_point=post.get("agenda", ""),
        speaker=post.get("pembicara", ""),
        sex=post.get("lp", ""),
        element=post.get("unsur", ""),
        response=post.get("tanggapan", ""),
        conclusion=post.get("kesimpulan", ""),
    )
