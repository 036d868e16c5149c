"""The tree of places: regency, district, village, hamlet, RT, with dates of validity since codes and borders change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.shared.models import Record


class AccessMode(models.TextChoices):
    """How one gets to the village; unknown until somebody who knows has said so."""

    UNKNOWN = "unknown", _("belum diisi")
    ROAD = "road", _("jalan darat")
    RIVER = "river", _("sungai")
    LAKE = "lake", _("danau")
    SEA = "sea", _("laut")
    MIXED = "mixed", _("campuran")


class Signal(models.TextChoices):
    """What a phone gets in the village; unknown until somebody who knows has said so."""

    UNKNOWN = "unknown", _("belum diisi")
    NONE = "none", _("tanpa sinyal")
    WEAK = "weak", _("lemah")
    GOOD = "good", _("baik")


class VillageKind(models.TextChoices):
    """What the fifth block of the official code tells: 1 kelurahan, 2 desa, 3 desa adat."""

    DESA = "desa", "Desa"
    KELURAHAN = "kelurahan", "Kelurahan"
    DESA_ADAT = "desa_adat", "Desa Adat"


class Regency(models.Model):
    """A regency (kabupaten or kota) served here. *profile* names its procedure profile in core.law."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=100)
    province_name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=40, default="Asia/Makassar")
    profile = models.CharField(max_length=20, default="kukar-2025")
    settings = models.JSONField(default=dict)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return Place(regency=self.code)


class District(models.Model):
    """A kecamatan."""

    code = models.CharField(primary_key=True, max_length=8)
    name = models.CharField(max_length=100)
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="districts")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return Place(regency=self.regency_id, district=self.code)

    @property
    def full_name(self) -> str:
        """``Kecamatan Muara Wis``; in the provinces of Papua (91 and above) it is a distrik."""
        return f"Distrik {self.name}" if self.code[:2] >= "91" else f"Kecamatan {self.name}"


class Village(models.Model):
    """A desa. The key is the official code at first loading and never changes; *code* is the one of today.

    The key begins with the regency's code, so that it leads the index of every table that points here.
    """

    id = models.CharField(primary_key=True, max_length=13)
    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=VillageKind.choices, default=VillageKind.DESA)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="villages")
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="villages")
    number_prefix = models.CharField(max_length=5)
    access_mode = models.CharField(max_length=10, choices=AccessMode.choices, default=AccessMode.UNKNOWN)
    signal = models.CharField(max_length=10, choices=Signal.choices, default=Signal.UNKNOWN)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    settings = models.JSONField(default=dict)
    data_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("regency", "number_prefix"), name="village_prefix_once_per_regency")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return Place(regency=self.regency_id, district=self.district_id, village=self.id)

    @property
    def full_name(self) -> str:
        """``Desa Melintang`` or ``Kelurahan Melayu``, as official papers write it."""
        return f"{VillageKind(self.kind).label} {self.name}"


class VillageScore(models.Model):
    """A yearly index of a village as published: IDM until 2024, Indeks Desa from 2025."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="scores")
    index = models.CharField(max_length=20)
    year = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=7, decimal_places=4)
    status = models.CharField(max_length=30)

    class Meta:
        ordering = ("village", "index", "year")
        constraints = [models.UniqueConstraint(fields=("village", "index", "year"), name="score_once_per_year")]

    def __str__(self) -> str:
        return f"{self.index} {self.year} {self.score}"


class Hamlet(Record):
    """The village's chosen unit: a dusun, or a group of RT where the village has no dusun."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="hamlets")
    name = models.CharField(max_length=100)
    order = models.PositiveIntegerField(default=1)
    population = models.PositiveIntegerField(null=True, blank=True)
    poor_households = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("village", "order", "name", "id")
        constraints = [models.UniqueConstraint(fields=("village", "name"), name="hamlet_name_once_per_village")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        village = self.village
        return Place(village.regency_id, village.district_id, village.id, str(self.id))


class Rt(Record):
    """A rukun tetangga. *number* as people say it: ``03``."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="rts")
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.SET_NULL, related_name="rts")
    number = models.CharField(max_length=10)
    household_count = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("village", "number", "id")
        constraints = [models.UniqueConstraint(fields=("village", "number"), name="rt_number_once_per_village")]

    def __str__(self) -> str:
        return f"RT {self.number}"

    @property
    def place(self) -> Place:
        village = self.village
        hamlet = str(self.hamlet_id) if self.hamlet_id else ""
        return Place(village.regency_id, village.district_id, village.id, hamlet, str(self.id))
