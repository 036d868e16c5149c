"""Run the benchmarks of `bench/` and print each figure beside its target."""

import argparse
import importlib.util
import sys
from pathlib import Path

HELP = "mengukur kecepatan dan ukuran; setiap angka dicetak di samping targetnya"
FOLDER = Path(__file__).resolve().parents[3] / "bench"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("nama", nargs="*", help="hanya ukuran ini (nama berkas di bench/ tanpa .py)")


def run(options: argparse.Namespace) -> int:
    missed = 0
    for path in sorted(FOLDER.glob("*.py")):
        if options.nama and path.stem not in options.nama:
            continue
        for name, value, target in measure(path):
            ok = value <= target
            missed += not ok
            print(f"{'ok    ' if ok else 'LEBIH '} {name:<70} {value:>10.3f}  target {target:g}", flush=True)
    return 1 if missed else 0


def measure(path: Path) -> list[tuple[str, float, float]]:
    """Load one benchmark file and run its ``main() -> [(name, value, target)]``."""
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return list(module.main())
