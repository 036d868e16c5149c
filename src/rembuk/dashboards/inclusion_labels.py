"""Words of inclusion: groups, steps, what each figure is and where it comes from, findings, and what helps."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.core.law.meetings import DEFAULT_RULES, RULE_SOURCES
from rembuk.core.workflow.inclusion import FUNDED, LOST_POINTS, PRESENT, PROPOSED, SPOKE, Figure, Loss, Share
from rembuk.dashboards.inclusion import Line, Picture, Row

TARGET = DEFAULT_RULES.women_target
TARGET_BASIS = RULE_SOURCES["women_target"][0]
GROUP_NAMES: Mapping[str, str | Promise] = {
    "PEREMPUAN": gettext_lazy("Perempuan"),
    "PEMUDA": gettext_lazy("Pemuda"),
    "ADAT": gettext_lazy("Tokoh adat"),
    "MISKIN": gettext_lazy("Kelompok miskin"),
    "DIFABEL": gettext_lazy("Berkebutuhan khusus"),
}
STEP_NAMES: Mapping[str, str | Promise] = {
    PRESENT: gettext_lazy("hadir"),
    SPOKE: gettext_lazy("bicara"),
    PROPOSED: gettext_lazy("diusulkan"),
    FUNDED: gettext_lazy("masuk rencana"),
}
# What, and from where.
DEFINITIONS: Sequence[tuple[str | Promise, str | Promise, str | Promise]] = (
    (
        gettext_lazy("Perempuan hadir"),
        gettext_lazy(
            "Perempuan di antara semua yang hadir pada musyawarah yang sudah selesai. Satu orang yang datang ke tiga "
            "musyawarah adalah tiga kehadiran."
        ),
        gettext_lazy("Daftar hadir F04 dan hitungan tanpa nama."),
    ),
    (
        gettext_lazy("Pemuda, tokoh adat hadir"),
        gettext_lazy(
            "Yang hadir mewakili unsur pemuda atau pelajar, dan unsur tokoh adat. Satu orang mewakili satu unsur. Umur "
            "tidak dicatat, maka batas umur pemuda tidak dipakai."
        ),
        gettext_lazy("Kolom unsur daftar hadir F04; Permendagri 114/2014 Pasal 25 dan 46."),
    ),
    (
        gettext_lazy("Bicara"),
        gettext_lazy(
            "Giliran bicara, bukan orang. Hitungan pemandu forum dipakai bila ada; bila tidak, baris notulen yang "
            "mencatat L/P. Pemuda dan tokoh adat menurut unsur di notulen."
        ),
        gettext_lazy("Hitungan giliran bicara Musrenbang terfasilitasi; notulen F05."),
    ),
    (
        gettext_lazy("Diusulkan"),
        gettext_lazy(
            "Usulan yang menyebut kelompok itu sebagai yang terbantu, dari semua usulan yang menyebut suatu kelompok. "
            "Satu usulan dapat menyebut beberapa. Jenis kelamin dan umur pengusul tidak dicatat."
        ),
        gettext_lazy("Kolom kelompok pada usulan; draf, yang ditarik dan yang digabung tidak dihitung."),
    ),
    (
        gettext_lazy("Masuk rencana"),
        gettext_lazy("Yang sama, di antara usulan yang sudah masuk RKP Desa."),
        gettext_lazy("Keadaan usulan: masuk rencana."),
    ),
    (
        gettext_lazy("Kelompok miskin, berkebutuhan khusus"),
        gettext_lazy(
            "Per musyawarah hanya terwakili atau belum. Angka muncul untuk setahun penuh suatu desa bila lima atau "
            "lebih dari dua musyawarah, dibulatkan ke bawah ke kelipatan lima; sisanya digabung ke kecamatan, lalu ke "
            "kabupaten. Tidak pernah untuk umum."
        ),
        gettext_lazy("Aturan kelompok kecil Rembuk."),
    ),
    (
        gettext_lazy("Yang terlalu kecil"),
        gettext_lazy(
            "Kelompok di bawah lima orang, dan yang bisa dihitung dari sisanya, tidak ditampilkan sendiri: digabung "
            "dari musyawarah ke tahun, lalu ke kecamatan dan kabupaten."
        ),
        gettext_lazy("Aturan kelompok kecil Rembuk."),
    ),
)
# What helps where a group gets lost before a step. Each ends in what can be done this week.
ADVICE: Mapping[str, str | Promise] = {
    PRESENT: gettext_lazy(
        "Undang dengan menyebut nama, biarkan perempuan memilih jamnya, sediakan kursi di depan, dan tanggung ongkos "
        "utusan dusun yang jauh."
    ),
    SPOKE: gettext_lazy(
        "Atur giliran bicara bergantian, mulai dari yang jarang bicara, beri kelompok tersendiri bagi yang segan, dan "
        "pakai suara kertas."
    ),
    PROPOSED: gettext_lazy(
        "Adakan musyawarah kelompok sebelum Musdes, catat usulannya dengan nama kelompoknya, dan bawa ke meja "
        "musyawarah desa."
    ),
    FUNDED: gettext_lazy(
        "Baca alasan usulan yang belum masuk rencana, perbaiki biaya dan lokasinya, dan beri skor bersama kelompok itu "
        "sebelum Musrenbang."
    ),
}
ADVICE_STAGES: Mapping[str, str] = {PRESENT: "K1", SPOKE: "K9", PROPOSED: "K5", FUNDED: "K9"}
CLASSES = (0, 10, 20, 30, 40)


def target_percent() -> int:
    return TARGET.numerator * 100 // TARGET.denominator


def class_name(place: int) -> str:
    low = CLASSES[place]
    if place + 1 == len(CLASSES):
        return _("%(low)d %% atau lebih") % {"low": low}
    return _("%(low)d–%(high)d %%") % {"low": low, "high": CLASSES[place + 1] - 1}


def share_text(share: Share) -> str:
    values = {"percent": share.percent, "count": dotted(share.count), "whole": dotted(share.whole)}
    return _("%(percent)s %% (%(count)s dari %(whole)s)") % values


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def figure_text(figure: Figure) -> str:
    """Say a share with its numbers, or why there is none."""
    return share_text(figure.share) if figure.share is not None else why_none(figure)


def why_none(figure: Figure) -> str:
    return _("terlalu kecil, digabung") if figure.state == "small" else _("tidak dicatat")


def percent_text(figure: Figure) -> str:
    """Say a share in percent only, for a cell of a table."""
    if figure.share is not None:
        return f"{figure.share.percent}\N{NO-BREAK SPACE}%"
    return _("digabung") if figure.state == "small" else _("tidak dicatat")


def change_text(line: Line) -> str:
    """Say the change from last year; nothing where there is nothing to compare."""
    change = line.points
    if change is None:
        return ""
    if not change:
        return _("tetap")
    words = _("naik %(points)d poin") if change > 0 else _("turun %(points)d poin")
    return words % {"points": abs(change)}


def line_title(group: str, step: str) -> str:
    return f"{GROUP_NAMES[group]}: {STEP_NAMES[step]}"


def loss_text(loss: Loss, picture: Picture) -> str:
    """Say where a group gets lost: ``Perempuan 40 % hadir, tinggal 25 % bicara``."""
    high, low = (picture.line(loss.group, step).now.share for step in (loss.before, loss.after))
    assert high is not None and low is not None
    return _("%(group)s: %(high)d %% %(before)s, tinggal %(low)d %% %(after)s") % {
        "group": GROUP_NAMES[loss.group],
        "high": high.percent,
        "before": STEP_NAMES[loss.before],
        "low": low.percent,
        "after": STEP_NAMES[loss.after],
    }


def ladder_finding(picture: Picture) -> str:
    """Say the one thing to know of the year of a village or an area."""
    if picture.losses:
        return loss_text(picture.losses[0], picture)
    share = picture.women.now.share
    if share is None:
        return _("Bagian perempuan belum dapat dihitung")
    if share.reaches(TARGET):
        return _("Perempuan %(percent)d %% dari yang hadir, dan suaranya tidak hilang di jalan") % {
            "percent": share.percent
        }
    return _("Perempuan %(percent)d %% dari yang hadir, di bawah sasaran %(target)d %%") % {
        "percent": share.percent,
        "target": target_percent(),
    }


def reached(rows: Sequence[Row], *, last: bool = False) -> tuple[int, int]:
    """Return how many villages reach the target, and of how many it is told."""
    lines = [row.picture.women for row in rows]
    shares = [share for line in lines if (share := (line.last if last else line.now).share) is not None]
    return sum(share.reaches(TARGET) for share in shares), len(shares)


def place_finding(rows: Sequence[Row]) -> str:
    """Say in one sentence how many villages reach the target, beside last year."""
    (now, told), (before, told_before) = reached(rows), reached(rows, last=True)
    if not told:
        return _("Bagian perempuan belum dapat dihitung di desa mana pun")
    values = {"now": now, "told": told, "target": target_percent(), "before": before, "told_before": told_before}
    first = ngettext(
        "%(now)d dari %(told)d desa mencapai %(target)d %% perempuan",
        "%(now)d dari %(told)d desa mencapai %(target)d %% perempuan",
        now,
    )
    if not told_before:
        return first % values
    return _("%(finding)s; tahun lalu %(before)d dari %(told_before)d") % {**values, "finding": first % values}


def below_target(line: Line) -> bool:
    return line.now.share is not None and not line.now.share.reaches(Fraction(TARGET))


def lost_explained() -> str:
    return _(
        "Disebut hilang bila bagiannya turun %(points)d poin atau lebih dari satu langkah ke langkah berikutnya."
    ) % {"points": LOST_POINTS}
