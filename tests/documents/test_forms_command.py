"""``./rembuk forms --check`` sees what each form has, and says what is missing."""

import subprocess
import sys
from pathlib import Path

from rembuk.core.documents.register import REGISTER
from rembuk.documents.form_check import states

ROOT = Path(__file__).resolve().parents[2]
NOT_YET: dict[str, str] = {}
"""Form -> what it does not have yet. A line leaves when its form is whole; none may come."""


def test_every_form_is_whole_but_those_named_here() -> None:
    found = {one.entry.code: ", ".join(one.missing) for one in states() if one.missing}
    assert {code: words for code, words in found.items() if NOT_YET.get(code) != words} == {}


def test_the_register_names_thirty_eight_forms_once() -> None:
    assert [entry.code for entry in REGISTER] == [f"F{number:02}" for number in range(1, 39)]


def test_without_golden_files_beside_the_program_they_are_not_asked_for(tmp_path: Path) -> None:
    assert [one.missing for one in states(tmp_path / "nothing") if one.entry.code == "F07"] == [()]
    (tmp_path / "F26.txt").touch()
    (found,) = [one for one in states(tmp_path) if one.entry.code == "F26"]
    assert found.missing == ("uji emas keluarga B",)


def test_the_command_prints_each_form_and_fails_as_long_as_one_lacks_something() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rembuk", "forms", "--check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    lines = done.stdout.splitlines()
    assert [line[:3] for line in lines[:-1]] == [entry.code for entry in REGISTER]
    lacking = [line[:3] for line in lines if "BELUM:" in line]
    assert done.returncode == (1 if lacking else 0)
    assert lines[-1] == f"{38 - len(lacking)} dari 38 formulir lengkap."
