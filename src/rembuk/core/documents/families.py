"""Which annex each form comes from: A of Permendagri 114/2014, B of Permendesa PDTT 21/2020, or practice."""

from dataclasses import dataclass
from typing import Final, Literal

Origin = Literal["A", "B", "praktik"]
P114: Final = "Permendagri 114/2014"
P21: Final = "Permendesa PDTT 21/2020"


@dataclass(frozen=True, slots=True)
class FormLaw:
    """Where a form comes from. two_layouts: the families print it differently and the regency chooses."""

    origins: tuple[Origin, ...]
    source: str
    two_layouts: bool = False

    @property
    def families(self) -> str:
        """The families as a page names them: ``A dan B``, ``praktik``."""
        return " dan ".join(self.origins)


FORM_LAWS: Final[dict[str, FormLaw]] = {
    "F01": FormLaw(("A", "B"), f"{P114} Pasal 33; {P21} Pasal 36"),
    "F02": FormLaw(("B",), f"{P21} Pasal 36"),
    "F03": FormLaw(("A", "B"), f"{P114} Pasal 22, 26, 32, 48; {P21}"),
    "F04": FormLaw(("A", "B"), f"{P114} Pasal 26 dan 32; {P21}"),
    "F05": FormLaw(("B",), P21),
    "F06": FormLaw(("A", "B"), f"lampiran {P114}; Pasal 10-11; {P21} Pasal 38", two_layouts=True),
    "F07": FormLaw(("A",), f"lampiran {P114}; Pasal 13"),
    "F08": FormLaw(("A",), f"lampiran {P114}; Pasal 14"),
    "F09": FormLaw(("A",), f"lampiran {P114}; Pasal 14"),
    "F10": FormLaw(("A",), f"lampiran {P114}; Pasal 14"),
    "F11": FormLaw(("praktik",), "Lampiran RPJM Desa menurut praktik"),
    "F12": FormLaw(("praktik",), "Lampiran RPJM Desa menurut praktik; nilai skema A"),
    "F13": FormLaw(("A",), f"lampiran {P114}; Pasal 15-16"),
    "F14": FormLaw(("A",), f"lampiran {P114}"),
    "F15": FormLaw(("A",), f"{P114} Pasal 17-19"),
    "F16": FormLaw(("B",), f"{P21} (judul dan kolom menurut praktik)"),
    "F17": FormLaw(("A", "B"), f"lampiran {P114}; Pasal 23; {P21}", two_layouts=True),
    "F18": FormLaw(("praktik",), "Naskah RPJM Desa menurut praktik"),
    "F19": FormLaw(("A",), f"Permendagri 111/2014; {P114} Pasal 29; {P21} Pasal 49"),
    "F20": FormLaw(("A",), f"lampiran {P114}; Pasal 35-36"),
    "F21": FormLaw(("B",), f"lampiran {P21}; Pasal 38"),
    "F22": FormLaw(("B",), f"lampiran {P21}"),
    "F23": FormLaw(("B",), f"{P21} (judul); kolomnya susunan Rembuk"),
    "F24": FormLaw(("B",), f"lampiran {P21}"),
    "F25": FormLaw(("B",), f"lampiran {P21}; {P114} Pasal 41"),
    "F26": FormLaw(("A", "B"), f"lampiran {P114}; {P21} Pasal 43", two_layouts=True),
    "F27": FormLaw(("A",), f"lampiran XXII {P114}"),
    "F28": FormLaw(("A",), f"lampiran XXIII {P114}"),
    "F29": FormLaw(("A",), f"lampiran XXIV {P114}; Pasal 42"),
    "F30": FormLaw(("A",), f"{P114} Pasal 32"),
    "F31": FormLaw(("A",), f"lampiran {P114}"),
    "F32": FormLaw(("A", "B"), f"lampiran {P114}; Pasal 51; {P21}", two_layouts=True),
    "F33": FormLaw(("praktik",), f"{P114} Pasal 49-50; susunan praktik Kutai Kartanegara"),
    "F34": FormLaw(("praktik",), "Lembar verifikasi kabupaten; butirnya susunan Rembuk"),
    "F35": FormLaw(("B",), f"{P21} (judul); redaksinya susunan Rembuk"),
    "F36": FormLaw(("A",), f"{P114} Pasal 35, 37, dan 51; Permendagri 111/2014"),
    "F37": FormLaw(("praktik",), "Daftar periksa kabupaten untuk RKP Desa 2026"),
    "F38": FormLaw(("praktik",), "Bab II RKP Desa; rekening menurut Permendagri 20/2018"),
    "hasil-evaluasi": FormLaw(("praktik",), "Permendagri 20/2018 Pasal 35 dan 37; redaksinya susunan Rembuk"),
    "laporan-bulanan": FormLaw(("praktik",), "susunan Rembuk; belum ada bentuk baku yang dibaca"),
    "tanggapan-rkp": FormLaw(("praktik",), "susunan Rembuk; belum ada bentuk baku yang dibaca"),
    "sertifikat": FormLaw(("praktik",), "susunan Rembuk; belum ada bentuk baku yang dibaca"),
    "undangan": FormLaw(("praktik",), "Permendesa PDTT 16/2019"),
}
"""Form -> where it comes from, for every form that this program makes."""
