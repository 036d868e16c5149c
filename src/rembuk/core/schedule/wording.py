"""Obstacles, misses, offers, conflicts and broken rules in words. Codes and counts come from their own modules."""

from collections.abc import Iterable, Mapping
from typing import Any

from rembuk.core.schedule.bound import Capacity
from rembuk.core.schedule.explain import Count, Offer, Unmet
from rembuk.core.schedule.instance import DAYS_A_WEEK, Instance

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"),
    *("November", "Desember"),
)
_MOST_NAMES = 3

COUNTED: Mapping[str, str] = {
    "fixed": "jadwalnya sudah ditetapkan pada tim dan hari lain",
    "skill": "tim tidak menguasai bahasa {skill}",
    "no-boat": "perlu perahu, tetapi tim tidak punya dan tidak ada perahu bersama",
    "seats": "kursi perahu tim tidak cukup",
    "past": "harinya sudah lewat",
    "notice": "terlalu dekat: undangan harus sampai lebih dulu",
    "too-early": "sebelum hari paling awal yang sah ({from})",
    "holiday": "hari libur",
    "market": "hari pasar desa ({weekday})",
    "blocked": "hari yang ditutup desa ({reason})",
    "closed": "hari yang tidak dibuka desa",
    "team-off": "tim bertugas lain atau libur",
    "no-way": "perjalanannya lebih dari satu hari perjalanan",
    "too-far": "terlalu jauh untuk hari bebas tim di sekitarnya",
    "speaker-off": "narasumber {speaker} tidak dapat hadir",
    "team-busy": "tim sudah di desa lain",
    "district-full": "jatah forum kecamatan hari itu sudah penuh",
    "speaker-busy": "narasumber {speaker} sudah di desa lain",
    "speaker-rest": "narasumber {speaker} sedang dalam perjalanan dari atau ke desa jauh",
    "boats-out": "semua perahu bersama sedang dipakai",
    "max-days": "batas hari tugas tim sudah tercapai",
    "neighbour-too-far": "forum lain tim pada minggu itu terlalu jauh",
}
"""What stands in the way, for a count: ``<pairs> pasangan tim dan hari: <text>``."""

CONFLICTS: Mapping[str, str] = {
    "unknown": "Desa, tim, atau hari ini tidak ada dalam musim.",
    "fixed": "{Desa} sudah ditetapkan: {team}, {day}.",
    "skill": "{Desa} perlu tim yang menguasai bahasa {skill}; {team} tidak.",
    "no-boat": "{Desa} hanya dicapai lewat sungai; {team} tidak punya perahu dan tidak ada perahu bersama.",
    "seats": "Kursi perahu {team} tidak cukup untuk anggota dan narasumber.",
    "past": "{day} sudah lewat; forum itu tidak dipindahkan.",
    "notice": "Undangan harus sampai lebih dulu: paling cepat {from}.",
    "too-early": "{Desa} belum boleh sebelum {from}{why}.",
    "holiday": "Hari libur{why}.",
    "market": "{weekday} adalah hari pasar {Desa}.",
    "blocked": "{Desa} menutup hari ini{why}.",
    "closed": "{Desa} tidak membuka hari ini.",
    "team-off": "{team} tidak bertugas hari ini{why}.",
    "no-way": "Dari pangkalan {team} {minutes} perjalanan: lebih dari satu hari perjalanan.",
    "too-far": "Dari pangkalan {team} {minutes} perjalanan; hari bebas tim di sekitarnya tidak cukup.",
    "speaker-off": "Narasumber {speaker} tidak dapat hadir.",
    "team-busy": "{team} sudah di {village}.",
    "district-full": "Kecamatan {district} sudah penuh hari ini: {villages}.",
    "speaker-busy": "Narasumber {speaker} hari ini di {villages}.",
    "speaker-rest": "Narasumber {speaker} hari ini dalam perjalanan untuk {villages}.",
    "boats-out": "Semua {boats} perahu bersama sedang dipakai.",
    "max-days": "{team} sudah mencapai batas {days} hari tugas.",
    "neighbour-too-far": "Minggu ini {team} juga di {villages}; keduanya tidak terjangkau bersama.",
    "leaves-behind": "Tanpa {Desa}, {team} tidak dapat mencapai {villages} pada minggu asalnya.",
    "reserve": "Ini salah satu dari {days} hari cadangan di akhir musim.",
    "preference": "Bukan hari yang diminta {Desa}; selisih {days} hari.",
}

OFFERS: Mapping[str, str] = {
    "swap": "{village} pindah ke {to_team}, {to_day}; {Desa} memakai tempatnya: {team}, {day}.",
    "skill": "{team} memakai juru bahasa {skill} pada {day}.",
    "too-early": "Syarat hari paling awal selesai lebih cepat, sehingga {team} dapat datang {day}.",
    "market": "Desa bersedia pada hari pasar, {day}, dengan {team}.",
    "blocked": "Desa membuka {day}{why}, dengan {team}.",
    "closed": "Desa membuka {day}, dengan {team}.",
    "team-off": "{team} diberi satu hari tugas lagi: {day}{why}.",
    "speaker-off": "Narasumber diwakilkan atau hadir lewat telepon atau video: {team}, {day}.",
    "speaker-busy": "Narasumber diwakilkan atau hadir lewat telepon atau video: {team}, {day}.",
    "speaker-rest": "Narasumber diwakilkan atau hadir lewat telepon atau video: {team}, {day}.",
    "district-full": "Kecamatan menerima satu forum lagi pada {day}, dengan {team}.",
    "boats-out": "Satu perahu lagi disewa pada {day}, untuk {team}.",
    "max-days": "Batas hari tugas {team} dinaikkan: {day}.",
}


class Words:
    """Puts names and dates of one season into sentences."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.villages = {village.code: village.title for village in instance.villages}
        self.teams = {team.id: team.title for team in instance.teams}
        self.speakers = {speaker.id: speaker.title for speaker in instance.speakers}

    def day(self, day: int) -> str:
        """Return a day as people say it: with its date, or as weekday and week while the season has no dates."""
        weekday = WEEKDAYS[day % DAYS_A_WEEK]
        on = self.instance.date_of(day)
        if on is None:
            return f"{weekday} minggu ke-{day // DAYS_A_WEEK + 1}"
        return f"{weekday}, {on.day} {MONTHS[on.month - 1]} {on.year}"

    def village(self, code: str) -> str:
        return self.villages.get(code, code)

    def team(self, name: str) -> str:
        return self.teams.get(name, f"Tim {name}")

    def place(self, name: str) -> str:
        """Return a place of an itinerary: a village's name or a base."""
        return name.removeprefix("base:") if name.startswith("base:") else self.village(name)

    def conflict(self, code: str, village: str, params: Mapping[str, object]) -> str:
        """Return the sentence for one obstacle or conflict of a village."""
        return self._filled(CONFLICTS[code], village, params)

    def counted(self, village: str, count: Count) -> str:
        """Return one counted obstacle: ``72 pasangan tim dan hari: hari pasar desa (Selasa)``."""
        text = self._filled(COUNTED[count.code], village, count.params)
        teams = f", {count.teams} tim" if count.code in ("skill", "no-boat", "seats", "no-way", "too-far") else ""
        return f"{count.pairs} pasangan tim dan hari{teams}: {text}"

    def offer(self, village: str, offer: Offer) -> str:
        """Return what would help."""
        params = {**offer.params, "team": offer.team, "day": offer.day, "village": offer.village}
        params |= {"to_team": offer.to_team, "to_day": offer.to_day}
        return self._filled(OFFERS[offer.code], village, params)

    def capacity(self, found: Capacity) -> str:
        """Return the proof of shortage in one sentence, empty where there is none."""
        if not found.unserved:
            return ""
        text = f"{len(self.villages)} forum, tersedia {found.team_days} hari-tim"
        if found.villages:
            text += f"; {len(found.villages)} desa memperebutkan {found.slots} hari-tim"
        if found.impossible:
            text += f"; {len(found.impossible)} desa tidak punya satu hari pun yang mungkin"
        return f"{text}: sedikitnya {found.unserved} tidak tertampung."

    def unmet(self, found: Unmet) -> list[str]:
        """Return the whole explanation: what it is, reasons with counts, the nearest miss, the proof, the offers."""
        name = self.village(found.village)
        if found.possible:
            head = f"{name} belum dijadwalkan, padahal {found.possible} pasangan tim dan hari masih mungkin."
        elif found.never:
            head = f"{name} tidak dapat dijadwalkan oleh rencana mana pun pada musim ini."
        else:
            head = f"{name} belum mendapat jadwal pada rencana ini."
        lines = [head, *(f"- {self.counted(found.village, count)}" for count in found.counts)]
        if found.nearest is not None:
            miss = found.nearest
            why = self.conflict(miss.obstacle.code, found.village, miss.obstacle.params)
            lines.append(f"Paling dekat: {self.team(miss.team)}, {self.day(miss.day)}. {why}")
        proof = self.capacity(found.capacity)
        if proof:
            lines.append(f"Daya tampung: {proof}")
        lines += [f"Bila {text[0].lower()}{text[1:]}" for text in (self.offer(found.village, o) for o in found.offers)]
        return lines

    def _filled(self, template: str, village: str, params: Mapping[str, Any]) -> str:
        reason = params.get("reason")
        values: dict[str, str] = {"Desa": self.village(village), "why": f" ({reason})" if reason else ""}
        for key, value in params.items():
            values[key] = self._value(key, value)
        return template.format_map(_Blank(values))

    def _value(self, key: str, value: Any) -> str:
        if key in ("day", "from", "to_day") and isinstance(value, int):
            return self.day(value) if value >= 0 else ""
        if key in ("team", "to_team"):
            return self.team(str(value))
        if key == "village":
            return self.village(str(value))
        if key == "speaker":
            return self.speakers.get(str(value), str(value)).removeprefix("Narasumber ")
        if key == "villages":
            return self.several(value)
        if key == "district":
            return self.instance.district_names.get(str(value), str(value))
        if key == "weekday":
            return WEEKDAYS[int(value)]
        if key == "minutes":
            return f"{int(value) // 60} jam {int(value) % 60} menit"
        return str(value) or "tanpa keterangan"

    def several(self, codes: Iterable[str]) -> str:
        """Return some names and how many more there are."""
        names = [self.village(code) for code in codes]
        more = len(names) - _MOST_NAMES
        shown = names[:_MOST_NAMES] + ([f"{more} lainnya"] if more > 0 else [])
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} dan {shown[-1]}" if shown else ""


class _Blank(dict[str, str]):
    """Leaves out what a sentence asks for and nobody gave."""

    def __missing__(self, key: str) -> str:
        return ""
