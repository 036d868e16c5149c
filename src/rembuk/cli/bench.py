"""Run the benchmarks of `bench/` and print each figure beside its target."""

import argparse
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

HELP = "mengukur kecepatan dan ukuran; setiap angka dicetak di samping targetnya"
FOLDER = Path(__file__).resolve().parents[3] / "bench"

Figure = tuple[str, float, float] | tuple[str, float, float, str]
"""(name, figure, target): the figure must not be above the target; with ">=" at the end, not below it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("nama", nargs="*", help="hanya ukuran ini (nama berkas di bench/ tanpa .py)")
    parser.add_argument("--cepat", action="store_true", help="pilihan pendek, bagi ukuran yang mengenalnya")
    parser.add_argument("--pemilihan", metavar="FOLDER", help="folder pemilihan Pabulib dengan index.csv")
    parser.add_argument(
        "--musim", metavar="FOLDER", help="folder musim: T10_1.json.gz ... dan perjalanan_normal.json.gz"
    )


def run(options: argparse.Namespace) -> int:
    missed = 0
    for path in sorted(FOLDER.glob("*.py")):
        if options.nama and path.stem not in options.nama:
            continue
        for figure in measure(path, options):
            name, value, target = figure[:3]
            least = len(figure) == 4
            ok = value >= target if least else value <= target
            missed += not ok
            mark = "ok    " if ok else "KURANG" if least else "LEBIH "
            print(f"{mark} {name:<74} {value:>10.3f}  target {'>= ' if least else ''}{target:g}", flush=True)
    return 1 if missed else 0


def measure(path: Path, options: argparse.Namespace) -> Iterable[Figure]:
    """Load one benchmark file and run its ``main() -> [figure]``; `main` may take the options."""
    module = load(path)
    if not hasattr(module, "main"):
        return ()  # something that benchmarks share
    figures: Iterable[Figure] = module.main(options) if module.main.__code__.co_argcount else module.main()
    return figures


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
