"""What benchmarks share that measure in a process and a data folder of their own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable

Result = list[tuple[str, float, float]]


def apart(file: str) -> Result:
    """Run a benchmark file in a fresh process with its own data folder; returns (name, value, target) of each figure.

    Raises: RuntimeError with the end of what it said when it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "REMBUK_DATA": folder, "REMBUK_MODE": "uji"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, file, "ukur"]
        run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if run.returncode:
        raise RuntimeError(run.stderr[-2_000:])
    return [(name, value, target) for name, value, target in json.loads(run.stdout.strip().splitlines()[-1])]


def started(main: Callable[[], Result], set_up: Callable[[], None], measure: Callable[[], Result]) -> None:
    """Do what a benchmark file does when it is started: alone it prints its figures, as that process it measures."""
    if len(sys.argv) == 1:
        for name, value, target in main():
            print(f"{name:<74} {value:>10.2f}  target {target:g}")
    else:
        set_up()
        print(json.dumps(measure()))
