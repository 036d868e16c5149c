"""Read the matrix of an RPJM Desa as villages keep it: family A or B, headings of one to three rows, merged or not."""

from rembuk.core.intake.rpjm.heading import Heading, YearColumn, find_heading
from rembuk.core.intake.rpjm.reading import period_in, read_rpjm
from rembuk.core.intake.rpjm.rows import RpjmReading, RpjmRow

__all__ = ["Heading", "RpjmReading", "RpjmRow", "YearColumn", "find_heading", "period_in", "read_rpjm"]
