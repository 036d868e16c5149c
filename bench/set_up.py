"""The worked example: seconds to set it up and to open it again, megabytes of its folder.

Each start is a process of its own on a folder in a temporary place. Targets: 90 s, then 3 s; 300 MB.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

Result = list[tuple[str, float, float]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds_until_ready(folder: Path) -> float:
    """Start the example, wait until it says that a page answers, and stop it again. Raises: RuntimeError."""
    command = [sys.executable, "-m", "rembuk", "demo", "--tanpa-peramban", "--port", str(free_port())]
    started = time.monotonic()
    with subprocess.Popen(
        [*command, "--data", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        ready = any(line.startswith("Siap:") for line in process.stdout)
        took = time.monotonic() - started
        process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        process.wait(timeout=30)
    if not ready:
        raise RuntimeError("the example did not start")
    return took


def main() -> Result:
    """Return (name, value, target) of each figure."""
    with tempfile.TemporaryDirectory(prefix="rembuk-bench-") as place:
        folder = Path(place) / "demo"
        first, again = seconds_until_ready(folder), seconds_until_ready(folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000
    return [
        ("example: set up 193 villages until a page answers, s", first, 90.0),
        ("example: open it again, s", again, 3.0),
        ("example: folder, MB", size, 300.0),
    ]


if __name__ == "__main__":
    for name, value, target in main():
        print(f"{name:<60} {value:10.2f}  target {target:g}")
