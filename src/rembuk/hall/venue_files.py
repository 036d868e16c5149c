"""The names of what lies in the data folder of a hall."""

from typing import Final

DATABASE: Final = "rembuk.sqlite3"
VENUE: Final = "balai.json"
START: Final = "keadaan-awal.json"
KEY: Final = "kunci-paket.der"
SECRET: Final = "kunci"  # noqa: S105  # a name of a file
CLOCK: Final = "jam"
