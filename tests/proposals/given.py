"""Fixed values of the tests of this room."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
TODAY = date(2026, 5, 4)
REASON = "Satu kalimat alasan untuk pengusul."
