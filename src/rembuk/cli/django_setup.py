"""Making Django ready for a command: which mode, which data folder, then the settings."""

import os
from pathlib import Path


def prepare(mode: str, data: Path | None = None) -> None:
    """Set the mode and the data folder and load the settings; call it before importing any model.

    mode: demo | kerja | latihan | uji. data: the folder of database, files and key; None takes REMBUK_DATA or the
    mode's own folder. Nothing is made on disk but the key, on first use.
    """
    choose(mode, data)
    import django  # half a second, which a command that only starts others need not spend

    django.setup()


def choose(mode: str, data: Path | None = None) -> None:
    """Set the mode and the data folder for this process and those it starts; nothing is loaded."""
    os.environ["REMBUK_MODE"] = mode
    if data is not None:
        os.environ["REMBUK_DATA"] = str(data.expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings.prod")


def make_folder(folder: Path) -> None:
    """Make the data folder for its owner alone (0700), also when it was there with wider rights."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
