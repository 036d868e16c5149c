"""One filled value of every form, all invented, for the tests of the papers."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from rembuk.core.documents import (
    attendance,
    decree,
    evaluation,
    implementers,
    indicative_ceiling,
    invitation,
    meeting_notes,
    minutes,
    perdes,
    proposal_recap,
    rab,
    rkpdes,
    technical_check,
)
from rembuk.core.documents.frame import Frame, Person, VillageHeading
from rembuk.core.documents.model import Document
from rembuk.core.money import Rupiah

HOSTILE = (
    "Jalan <RT 01> & drainase \"utama\" 'lama' #let x = 1 $a^2$ @ref *tebal* _miring_ \\sin [isi] {kurung} // akhir "
    "<script>alert(1)</script>"
)
LONG_WORD = "pembangunan" * 27 + "abc"
ROADS = "Sub Bidang Pekerjaan Umum dan Penataan Ruang"
HEAD, CHAIR, BPD = Person("H. Abdul Muis"), Person("Siti Aminah, S.Sos."), Person("Rahmadi")
VILLAGE = VillageHeading(
    "Hulu Contoh", "Muara Contoh", "Kutai Kartanegara", "Kalimantan Timur", "Jalan Poros RT 03, Kode Pos 75559"
)


def frame(**changes: object) -> Frame:
    """The particulars of the sample papers."""
    values: dict[str, object] = {
        "village": VILLAGE,
        "dated": date(2026, 9, 28),
        "number": "4 Tahun 2026",
        "version": "1",
        "provenance": "dibuat dengan Rembuk",
        "verify_url": "https://rembuk.example/periksa/7K3MZ8QW4T",
    }
    return Frame(**{**values, **changes})  # type: ignore[arg-type]


def line(index: int, **changes: object) -> rkpdes.RkpdesLine:
    """One item of the plan; every twentieth is paid from two sources."""
    two = (rkpdes.FundedPart("DDS", Rupiah(120_000_000 + index)), rkpdes.FundedPart("ADD", Rupiah(22_600_000)))
    one = (rkpdes.FundedPart("PBK", Rupiah(18_700_000 + 500 * index)),)
    values: dict[str, object] = {
        "field": 1 + index % 5,
        "activity": f"Semenisasi jalan gang dan rehabilitasi titian ulin RT {index % 9 + 1:02} tahap {index + 1}",
        "location": "Dusun Tengah RT 03",
        "quantity": Decimal("240.5"),
        "unit": "m",
        "target": "warga RT dan pelajar",
        "schedule": "Maret-Juni 2027",
        "funding": two if index % 20 == 0 else one,
        "mode": rkpdes.MODES[index % 3],
        "implementer": "TPK Dusun Hulu",
        "sdgs": (9, 11),
        "baseline": "120 m",
        "yearly_target": "360 m",
        "beneficiaries": rkpdes.Beneficiaries(402, 391, 96),
    }
    return rkpdes.RkpdesLine(**{**values, **changes})  # type: ignore[arg-type]


def plan(count: int = 12, *, variant_b: bool = False, **changes: object) -> Document:
    """F26 with *count* items."""
    notes = ("Belum ada skor musyawarah; urutan bawaan, bukan urutan hukum", "Aturan Dana Desa 2027 belum dimuat")
    items = tuple(line(index) for index in range(count))
    return rkpdes.build_rkpdes(
        rkpdes.RkpdesValues(frame(**changes), 2027, items, HEAD, CHAIR, notes, variant_b=variant_b)
    )


def last_year() -> Document:
    """F25 in the detailed form."""
    lines = (
        evaluation.EvaluationLine(
            2, "Rehabilitasi polindes", Rupiah(142_600_000), True, "Sub Bidang Kesehatan", "Dusun Tengah",
            "selesai Juni", Rupiah(140_100_000), "1 unit", "1 unit", 100,
        ),
        evaluation.EvaluationLine(
            2, "Titian ulin tahap 1", Rupiah(149_600_000), False, "Sub Bidang Pekerjaan Umum", "Dusun Hilir", "",
            None, "180 m", "0 m", 0, "banjir sampai Juli", "diusulkan lagi",
        ),
        evaluation.EvaluationLine(4, "Pelatihan kader", Rupiah(18_000_000), None, "", "Desa"),
    )  # fmt: skip
    return evaluation.build_evaluation(evaluation.EvaluationValues(frame(), 2026, lines, HEAD, CHAIR, detailed=True))


def last_year_short() -> Document:
    """F25 as printed in the annex."""
    lines = (evaluation.EvaluationLine(1, "Operasional kantor", Rupiah(98_000_001), True, "", "Desa"),)
    return evaluation.build_evaluation(evaluation.EvaluationValues(frame(), 2026, lines, HEAD, CHAIR))


def ceilings() -> Document:
    """F20 with its register."""
    lines = (
        indicative_ceiling.CeilingLine(1, "Penghasilan tetap", {"ADD": Rupiah(396_000_000)}),
        indicative_ceiling.CeilingLine(2, "Jalan Desa", {"DDS": Rupiah(187_200_000)}, "Semenisasi gang RT 07", ROADS),
        indicative_ceiling.CeilingLine(
            2, "Jalan Desa", {"DDS": Rupiah(149_600_000), "PBK": Rupiah(50_000_000)}, "Titian ulin RT 02", ROADS
        ),
    )
    register = (
        indicative_ceiling.CeilingEntry(
            "DDS",
            "Dana Desa (APBN)",
            Rupiah(350_000_000),
            None,
            "",
            "900/12/DPMD",
            date(2026, 7, 20),
            Rupiah(336_800_000),
        ),
        indicative_ceiling.CeilingEntry("ADD", "Alokasi Dana Desa", Rupiah(410_000_000), Rupiah(405_000_000)),
    )
    return indicative_ceiling.build_indicative_ceiling(
        indicative_ceiling.CeilingValues(frame(), 2027, lines, register, CHAIR)
    )


def cost() -> Document:
    """F28 with a part given by residents."""
    lines = (
        rab.RabLine(1, "Semen 50 kg", 320, "zak", Rupiah(92_000), "I-b"),
        rab.RabLine(1, "Pasir", Decimal("41.25"), "m3", Rupiah(385_500), "I-a"),
        rab.RabLine(2, "Sewa molen", 12, "hari", Rupiah(350_000), "II-b"),
        rab.RabLine(3, "Tukang", 48, "HOK", Rupiah(165_000), "III-a"),
        rab.RabLine(3, "Gotong royong", 60, "HOK", Rupiah(120_000), "III-a", community=True),
        rab.RabLine(4, "Honor TPK", 1, "paket", Rupiah(1_500_000)),
    )
    return rab.build_rab(
        rab.RabValues(
            frame(),
            "07/RAB/2027",
            "Pelaksanaan Pembangunan Desa",
            "Semenisasi gang RT 07",
            lines,
            "RT 07",
            2027,
            HEAD,
            CHAIR,
        )
    )


def check() -> Document:
    """F29 with a verdict."""
    found = {number: technical_check.PaperCheck("fit") for number in range(1, 12)}
    found[12] = technical_check.PaperCheck("absent", "tidak memakai alat berat")
    found[13] = technical_check.PaperCheck("unfit", "belum ditandatangani RT 07")
    return technical_check.build_technical_check(
        technical_check.TechnicalCheckValues(
            frame(), "RT 07", "Pelaksanaan Pembangunan Desa", "Semenisasi gang RT 07", found, True, date(2026, 8, 20),
            agency_officer=Person("Ir. Budi Santoso", "NIP 19780412 200501 1 003"),
        )
    )  # fmt: skip


def teams() -> Document:
    """F31."""
    people = [
        implementers.Implementer(name, sex, "TANI") for name, sex in (("Anwar", "L"), ("Dewi", "P"), ("Joko", "L"))
    ]
    members = (implementers.Implementer("Salmah", "P", "PKK"), implementers.Implementer("Udin", "L", "RT"))
    team = implementers.ImplementerTeam("Semenisasi gang RT 07", *people, members)
    return implementers.build_implementers(implementers.ImplementersValues(frame(), 2027, (team,), HEAD, CHAIR))


def recap() -> Document:
    """F14 with one proposal that nobody has put in a field."""
    counted = rkpdes.Beneficiaries(40, 44, 12)
    lines = (
        proposal_recap.RecapLine(2, "Perbaikan titian ulin", "RT 02", 180, "m", counted, "Dusun Hilir"),
        proposal_recap.RecapLine(4, "Pelatihan anyaman rotan", "Desa", 2, "kali", counted, "Kelompok perempuan"),
        proposal_recap.RecapLine(None, "Lampu jalan", "RT 05", None, "", origin="Dusun Hulu"),
    )
    return proposal_recap.build_proposal_recap(proposal_recap.RecapValues(frame(), "Tahun 2027", lines, HEAD, CHAIR))


def team_decree() -> Document:
    """F01."""
    names = ("H. Abdul Muis", "Siti Aminah", "Rusdi", "Hayati", "Mardiana", "Yusran", "Noor Aini")
    places = ("Pembina", "Ketua", "Sekretaris", "Anggota", "Anggota", "Anggota", "Anggota")
    members = tuple(
        decree.TeamMember(name, "P" if index in (1, 3, 4, 6) else "L", "unsur masyarakat", place)
        for index, (name, place) in enumerate(zip(names, places, strict=True))
    )
    return decree.build_team_decree(decree.DecreeValues(frame(), "rkpdes", "Tahun 2027", members, HEAD))


def record(kind: minutes.MinutesKind = "musrenbang") -> Document:
    """F03."""
    return minutes.build_minutes(
        minutes.MinutesValues(
            frame(), kind, date(2026, 9, 28), time(9), "Balai Desa Hulu Contoh", time(12, 30),
            agenda=("Pembahasan rancangan RKP Desa Tahun 2027", "Penyepakatan urutan kegiatan"),
            invited=90, present_men=41, present_women=33, elements=("PEREMPUAN", "MISKIN", "TANI", "BPD"),
            led_by=minutes.Speaker("H. Abdul Muis", "Pemerintah Desa"), written_by=minutes.Speaker("Hayati", "LPM"),
            resource_persons=(minutes.Speaker("Camat Muara Contoh", "Kecamatan"),), material=("Pagu indikatif 2027",),
            decisions=("Menyepakati dua belas kegiatan sebagaimana lampiran.", "Mengesahkan urutan kegiatan."),
            vote=minutes.Vote(60, 10, 4), annexes=("Daftar hadir", "Notulen"),
            signers=minutes.MinutesSigners(HEAD, Person("Hayati"), HEAD, BPD, CHAIR, (Person("Anwar"), Person("Dewi"))),
        )
    )  # fmt: skip


def hall() -> Document:
    """F04."""
    people = (
        attendance.Attendee("Anwar", "L", "Dusun Hilir RT 02", "TANI", "", "081200000001", True),
        attendance.Attendee("Dewi", "P", "Dusun Hulu RT 07", "MISKIN"),
        attendance.Attendee("Salmah", "P", "Dusun Tengah RT 03", "PEREMPUAN", "Ketua PKK"),
    )
    return attendance.build_attendance(
        attendance.AttendanceValues(
            frame(),
            "Musrenbang Desa",
            date(2026, 9, 28),
            "Balai Desa",
            people,
            4,
            3,
            chair=HEAD,
            note_taker=Person("Hayati"),
        )
    )


def spoken() -> Document:
    """F05."""
    lines = (
        meeting_notes.NoteLine("Pembukaan", "H. Abdul Muis", "PEMDES", "Menyampaikan pagu indikatif", "", "Dipahami"),
        meeting_notes.NoteLine("Pembahasan", "Dewi", "DIFABEL", "Titian licin", "Diberi paku karet", "Masuk RAB"),
    )
    return meeting_notes.build_meeting_notes(
        meeting_notes.NotesValues(
            frame(), "Musrenbang Desa", date(2026, 9, 28), "Balai Desa", lines, HEAD, Person("Hayati")
        )
    )


def letter() -> Document:
    """The invitation."""
    people = (invitation.Invitee("Rahmadi", "Ketua BPD", "Dusun Hulu"), invitation.Invitee("Anwar", "Kelompok tani"))
    return invitation.build_invitation(
        invitation.InvitationValues(
            frame(), "Musyawarah Perencanaan Pembangunan Desa", date(2026, 9, 28), time(9), "Balai Desa Hulu Contoh",
            ("Pembahasan rancangan RKP Desa Tahun 2027", "Penyepakatan urutan kegiatan"),
            "Kepala Desa Hulu Contoh", HEAD, invitees=people, copies=("Camat Muara Contoh",),
        )
    )  # fmt: skip


def regulation() -> Document:
    """F19 with the plan's text."""
    text = (perdes.NarrativeChapter("Pendahuluan", ("RKP Desa disusun bersama warga.",)),)
    return perdes.build_perdes(
        perdes.PerdesValues(
            frame(), 2027, HEAD, Person("Yusran"), BPD, narrative=text, bpd_decision="Keputusan BPD Nomor 3"
        )
    )


SAMPLES: dict[str, Callable[[], Document]] = {
    "F01": team_decree,
    "F03": record,
    "F04": hall,
    "F05": spoken,
    "F14": recap,
    "F19": regulation,
    "F20": ceilings,
    "F25": last_year,
    "F25-ringkas": last_year_short,
    "F26": plan,
    "F26-B": lambda: plan(variant_b=True),
    "F28": cost,
    "F29": check,
    "F31": teams,
    "Undangan": letter,
}
