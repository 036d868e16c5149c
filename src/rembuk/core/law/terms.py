"""Lengths set by law: the village head's and BPD's terms, and how long an RPJM Desa runs."""

from datetime import date
from typing import Final

from rembuk.core.law.dated import Dated

VILLAGE_LAW: Final = date(2014, 1, 15)
VILLAGE_LAW_AMENDED: Final = date(2024, 4, 25)

RPJMDES_YEARS: Final = (
    Dated(VILLAGE_LAW, 6, "UU 6/2014 Pasal 79 ayat (2) huruf a", "known"),
    Dated(VILLAGE_LAW_AMENDED, 8, "UU 3/2024 Pasal 79 ayat (2) huruf a", "seen"),
)
RKPDES_YEARS: Final = (Dated(VILLAGE_LAW, 1, "UU 6/2014 Pasal 79 ayat (2) huruf b", "known"),)
HEAD_TERM_YEARS: Final = (
    Dated(VILLAGE_LAW, 6, "UU 6/2014 Pasal 39 ayat (1)", "known"),
    Dated(VILLAGE_LAW_AMENDED, 8, "UU 3/2024 Pasal 39 ayat (1)", "seen"),
)
HEAD_MAX_TERMS: Final = (
    Dated(VILLAGE_LAW, 3, "UU 6/2014 Pasal 39 ayat (2)", "known"),
    Dated(VILLAGE_LAW_AMENDED, 2, "UU 3/2024 Pasal 39 ayat (2)", "seen"),
)
BPD_TERM_YEARS: Final = (
    Dated(VILLAGE_LAW, 6, "UU 6/2014 Pasal 56 ayat (2)", "known"),
    Dated(VILLAGE_LAW_AMENDED, 8, "UU 3/2024 Pasal 56 ayat (2)", "known"),
)
RPJMDES_MONTHS_AFTER_INAUGURATION: Final = (
    Dated(date(2014, 6, 3), 3, "PP 43/2014 Pasal 117; Permendagri 114/2014 Pasal 5", "seen"),
)
