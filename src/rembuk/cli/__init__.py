"""The command line: each command is one module of this package, imported only when it is called.

A command module has ``HELP`` (one line), ``arguments(parser)`` and ``run(options) -> int``. Exit codes: 0 done,
1 nothing could be read (or, for checks, something is wrong), 2 wrong usage.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "demo": "rembuk.cli.demo",
    "test": "rembuk.cli.test",
    "init": "rembuk.cli.init",
    "serve": "rembuk.cli.serve",
    "worker": "rembuk.cli.worker",
    "latihan": "rembuk.cli.latihan",
    "hall": "rembuk.cli.hall",
    "pulang": "rembuk.cli.pulang",
    "draft-rkp": "rembuk.cli.draft_rkp",
    "allocate": "rembuk.cli.allocate",
    "suggest": "rembuk.cli.suggest",
    "schedule": "rembuk.cli.schedule",
    "forms": "rembuk.cli.forms",
    "regions": "rembuk.cli.regions",
    "verify-trail": "rembuk.cli.verify_trail",
    "bench": "rembuk.cli.bench",
    "manage": "rembuk.cli.manage",
}


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="./rembuk", description="Rembuk: perencanaan pembangunan desa.")
    subparsers = parser.add_subparsers(dest="command", metavar="PERINTAH", required=True)
    wanted = argv[0] if argv else ""
    for name, path in COMMANDS.items():
        # Only the wanted command is imported, so that `--help` of one stays quick.
        if wanted in COMMANDS and name != wanted:
            continue
        module = importlib.import_module(path)
        sub = subparsers.add_parser(name, help=module.HELP, description=module.HELP)
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    options = parser.parse_args(argv)
    try:
        return int(options.run(options))
    except BrokenPipeError:  # the reader (`| head`) has had enough; Python must not complain again while closing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
