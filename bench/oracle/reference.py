"""The reference engine in an environment of its own: made once in the user's cache folder, asked one rule at a time."""

import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "pabutools"
SIDE = Path(__file__).with_name("pabutools_side.py")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reference engine said: CPU seconds, selected ids, peak MiB."""

    parse: float
    rule: float
    selected: list[str]
    memory: float


def cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rembuk" / PACKAGE


def environment() -> Path | None:
    """Return the Python of the environment, made when missing; nothing where the package cannot be had.

    Rembuk never depends on it: it is GPL, and only its answers and times are compared.
    """
    folder = cache()
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if _has(python):
        return python
    venv.create(folder, clear=True, with_pip=True)
    made = subprocess.run([python, "-m", "pip", "install", "-q", PACKAGE], capture_output=True, check=False)
    return python if made.returncode == 0 and _has(python) else None


def _has(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-c", f"import {PACKAGE}"], capture_output=True, check=False).returncode == 0


def ask(python: Path, file: Path, rule: str, *, grouped: bool, seconds: float) -> Answer | None:
    """Run one rule on one file; nothing when it takes longer than *seconds*. Raises: RuntimeError where it fails."""
    command = [str(python), str(SIDE), str(file), rule, *(["grouped"] if grouped else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise RuntimeError(f"{PACKAGE}: {file.name} {rule}: {done.stderr.strip().splitlines()[-1]}")
    row = json.loads(done.stdout)
    return Answer(row["parse"], row["rule"], row["selected"], row["memory"])


def own_memory(file: Path) -> float:
    """Return the peak MiB of one whole run of Rembuk on a file, in a process of its own."""
    code = (
        "import resource, sys; from pathlib import Path; from rembuk.core.allocation import *; "
        "from rembuk.core.allocation.io import read_pabulib; "
        "ties = Ties('lexicographic'); settings = Settings('mes', completion='none', ties=ties); "
        "allocate(read_pabulib(Path(sys.argv[1]).read_bytes()), settings); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    return float(done.stdout)
