"""What is wrong with a season, said at once and by row: refusals (block) and what an office should know (warn)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.schedule.instance import DAYS_A_WEEK, Block, Instance, Travel, Village
from rembuk.core.schedule.tables import open_days

FAR = 1_000_000
"""Minutes that stand for a way that does not exist."""
LONGEST_SEASON = 52


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to mend. where: the row (``desa 64.02.01.2001``). message: Indonesian, what is and what mends it."""

    code: str
    where: str
    message: str
    severity: Literal["block", "warn"] = "block"


SENTENCES: Mapping[str, str] = {
    "jadwal-tak-ada": "Berkas {file} tidak ditemukan. Periksa nama dan foldernya.",
    "jadwal-tak-terbaca": "Berkas {file} tidak dapat dibuka ({read}). Periksa izin bacanya.",
    "jadwal-besar": "Berkas {file} lebih dari {accepted} MB; tidak dibaca.",
    "jadwal-gzip": "Berkas {file} rusak: isi gzip tidak dapat dibuka sampai akhir. Salin ulang berkasnya.",
    "jadwal-bukan-teks": "Berkas {file} bukan teks UTF-8. Yang diterima: JSON, boleh dimampatkan gzip.",
    "jadwal-rusak": "Berkas {file} rusak di baris {row}, huruf ke-{column}: di situ JSON tidak utuh.",
    "jadwal-bukan-objek": "Berkas {file} tidak memuat satu objek {{...}}.",
    "musim-tidak-sah": "Musim ini belum dapat disusun: ada baris yang harus diperbaiki.",
    "jadwal-tak-muat": "Jadwal ini memuat desa yang tidak dapat dikunjungi seperti tertulis.",
    "jadwal-bentrok": "Forum ini tidak dapat dipindahkan ke sana.",
}


def sentence_of(error: RembukError) -> str:
    """Return the Indonesian sentence for a refusal of this package; an unknown code as it is."""
    template = SENTENCES.get(error.code)
    return error.code if template is None else template.format_map(error.values)


class InvalidSeasonError(BadInputError):
    """The season cannot be planned; *issues* name every row that must be mended first."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("musim-tidak-sah", issues=tuple(issues))
        self.issues = tuple(issues)


def refusals(instance: Instance) -> tuple[Issue, ...]:
    """Return what makes the season impossible to read as one; none for a sound season."""
    return tuple(_refusals(instance))


def _refusals(instance: Instance) -> Iterator[Issue]:
    if not 1 <= instance.weeks <= LONGEST_SEASON:
        yield Issue(
            "weeks", "musim", f"Panjang musim {instance.weeks} minggu; yang diterima 1 sampai {LONGEST_SEASON}."
        )
    if not instance.villages:
        yield Issue("no-village", "musim", "Belum ada desa yang dijadwalkan.")
    if not instance.teams:
        yield Issue("no-team", "musim", "Belum ada tim. Isi sedikitnya satu tim.")
    yield from _twice("desa", (village.code for village in instance.villages))
    yield from _twice("tim", (team.id for team in instance.teams))
    yield from _twice("narasumber", (speaker.id for speaker in instance.speakers))
    yield from _travel(instance.travel)
    yield from _places(instance)
    for village in instance.villages:
        yield from _village(instance, village)
    for team in instance.teams:
        where = f"tim {team.id}"
        if team.members < 1:
            yield Issue("members", where, f"Tim {team.id}: anggotanya {team.members}; yang diterima mulai 1.")
        if team.boat_seats < 0:
            yield Issue("seats", where, f"Tim {team.id}: kursi perahu {team.boat_seats}; yang diterima mulai 0.")
        yield from _blocks(instance, team.off, where)
    for speaker in instance.speakers:
        yield from _blocks(instance, speaker.off, f"narasumber {speaker.id}")
    yield from _blocks(instance, instance.holidays, "hari libur")
    yield from _policy(instance)


def _twice(kind: str, names: Iterable[str]) -> Iterator[Issue]:
    for name, count in sorted(Counter(names).items()):
        if count > 1:
            yield Issue("twice", f"{kind} {name}", f"{kind.capitalize()} {name} tertulis {count} kali; sisakan satu.")


def _travel(travel: Travel) -> Iterator[Issue]:
    count = len(travel.places)
    yield from _twice("tempat", travel.places)
    for name, rows in (("minutes", travel.minutes), ("uses_river", travel.river)):
        if len(rows) != count or any(len(row) != count for row in rows):
            text = f"Tabel perjalanan: {name} harus {count} baris dan {count} kolom, sebanyak tempatnya."
            yield Issue("matrix", "perjalanan", text)
    for place, row in zip(travel.places, travel.minutes, strict=False):
        if any(value < 0 for value in row):
            yield Issue("minutes-negative", f"tempat {place}", f"Perjalanan dari {place} memuat menit di bawah nol.")


def _places(instance: Instance) -> Iterator[Issue]:
    known = set(instance.travel.places)
    for village in instance.villages:
        if village.code not in known:
            text = f"Desa {village.title} tidak ada di tabel perjalanan; tambahkan waktu tempuhnya."
            yield Issue("leg-missing", f"desa {village.code}", text)
    for kind, rows in (("tim", instance.teams), ("narasumber", instance.speakers)):
        for one in rows:
            if f"base:{one.base}" not in known:
                text = f"{kind.capitalize()} {one.id}: pangkalan “{one.base}” tidak ada di tabel perjalanan."
                yield Issue("base-unknown", f"{kind} {one.id}", text)


def _village(instance: Instance, village: Village) -> Iterator[Issue]:
    where, name = f"desa {village.code}", f"Desa {village.title}"
    speakers = {speaker.id for speaker in instance.speakers}
    teams = {team.id for team in instance.teams}
    if village.speaker is not None and village.speaker not in speakers:
        yield Issue("speaker-unknown", where, f"{name}: narasumber “{village.speaker}” tidak ada dalam daftar.")
    if village.fixed is not None and village.fixed[0] not in teams:
        yield Issue("team-unknown", where, f"{name}: tim “{village.fixed[0]}” pada jadwal tetapnya tidak ada.")
    if village.market is not None and not 0 <= village.market < DAYS_A_WEEK:
        yield Issue("market", where, f"{name}: hari pasar {village.market}; yang diterima 0 (Senin) sampai 4 (Jumat).")
    if village.extra_seats < 0:
        yield Issue("seats", where, f"{name}: kursi tambahan {village.extra_seats}; yang diterima mulai 0.")
    if village.minutes is not None and village.minutes < 1:
        yield Issue("minutes", where, f"{name}: lama forum {village.minutes} menit; yang diterima mulai 1.")
    if village.priority is not None and not 0 <= village.priority <= 100:
        yield Issue("priority", where, f"{name}: prioritas {village.priority}; yang diterima 0 sampai 100.")
    if village.earliest < 0:
        yield Issue("day", where, f"{name}: hari paling awal {village.earliest}; hari dihitung mulai 0.")
    days = [*village.preferred, *(village.allowed or ()), *([village.fixed[1]] if village.fixed else [])]
    yield from _inside(instance, days, where)
    yield from _blocks(instance, village.blocked, where)


def _blocks(instance: Instance, blocks: Sequence[Block], where: str) -> Iterator[Issue]:
    yield from _inside(instance, [block.day for block in blocks], where)


def _inside(instance: Instance, days: Sequence[int], where: str) -> Iterator[Issue]:
    wrong = sorted({day for day in days if not 0 <= day < instance.days})
    if wrong:
        shown = ", ".join(map(str, wrong[:5]))
        text = f"{where.capitalize()}: hari {shown} di luar musim (0 sampai {instance.days - 1})."
        yield Issue("day", where, text)


def _policy(instance: Instance) -> Iterator[Issue]:
    policy = instance.policy
    if not 0 <= policy.depart <= policy.start_from <= policy.last_start < 24 * 60:
        text = "Jam berangkat, jam mulai, dan jam mulai paling akhir terbalik; urutkan dari yang paling pagi."
        yield Issue("hours", "aturan", text)
    if not policy.friday_start <= policy.friday_start_from <= policy.friday_last_start:
        yield Issue("hours", "aturan", "Jam mulai hari Jumat terbalik; urutkan dari yang paling pagi.")
    if policy.forum < 1 or policy.travel_day < 1 or policy.district_cap < 1:
        text = "Lama forum, lama hari perjalanan, dan batas forum per kecamatan sehari harus mulai 1."
        yield Issue("policy", "aturan", text)
    if min(instance.shared_boats, instance.shared_seats, policy.notice_days, policy.reserve_days) < 0:
        yield Issue("policy", "aturan", "Perahu bersama, kursinya, dan hari pemberitahuan tidak boleh di bawah nol.")


def warnings(instance: Instance) -> tuple[Issue, ...]:
    """Return what leaves villages without a forum whatever the plan; the season can be planned all the same."""
    return tuple(_warnings(instance))


def _warnings(instance: Instance) -> Iterator[Issue]:
    place = {name: number for number, name in enumerate(instance.travel.places)}
    bases = {place[f"base:{team.base}"] for team in instance.teams}
    boats = bool(instance.shared_boats) or any(team.boat_seats for team in instance.teams)
    skills = {skill for team in instance.teams for skill in team.skills}
    for village in instance.villages:
        where, name, here = f"desa {village.code}", f"Desa {village.title}", place[village.code]
        river, minutes = instance.travel.river, instance.travel.minutes
        if not boats and all(river[base][here] for base in bases):
            text = f"{name} hanya terjangkau lewat sungai, tetapi tidak ada perahu tim maupun perahu bersama."
            yield Issue("no-boat", where, text, "warn")
        if not open_days(instance, village):
            text = f"{name} tidak punya satu hari pun yang boleh dipakai; tinjau larangan harinya."
            yield Issue("no-day", where, text, "warn")
        if village.skill is not None and village.skill not in skills:
            yield Issue("no-skill", where, f"{name} meminta tim yang bisa {village.skill}; tidak ada satu pun.", "warn")
        if all(minutes[base][here] >= FAR for base in bases):
            text = f"{name} tidak tersambung ke pangkalan tim mana pun di tabel perjalanan."
            yield Issue("no-way", where, text, "warn")
