"""What the documents promise about the code is true."""

import re
from pathlib import Path

import rembuk
from rembuk.cli import COMMANDS

ROOT = Path(rembuk.__file__).parents[2]


def test_every_setting_of_the_environment_is_explained() -> None:
    read = set(
        re.findall(r"environ(?:\.get)?[\[(]\"([A-Z_]+)\"", (ROOT / "src/rembuk/config/env.py").read_text("utf-8"))
    )
    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/deploy.md").read_text("utf-8"), re.M))
    assert read - told == set()


def test_every_path_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    paths = set(
        re.findall(
            r"`((?:core|shared|cycles|funding|proposals|deliberation|budgeting|plans|documents|cli)/[\w/.]+)`", text
        )
    )
    assert {path for path in paths if not (ROOT / "src/rembuk" / path).exists()} == set()


def test_every_command_is_a_module_with_words() -> None:
    folder = ROOT / "src/rembuk/cli"
    missing = [name for name, path in COMMANDS.items() if not (folder / f"{path.rsplit('.', 1)[1]}.py").exists()]
    assert missing == []


def test_both_readmes_name_the_two_commands() -> None:
    for name in ("README.md", "README.id.md"):
        text = (ROOT / name).read_text("utf-8")
        assert "./rembuk demo" in text and "./rembuk test" in text
