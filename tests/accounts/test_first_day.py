"""The first day of an office: folder, key, regions, and an administrator who gets in by the printed code."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path


def run(*words: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("REMBUK_", "DJANGO_", "DATABASE_"))}
    command = [sys.executable, "-m", "rembuk", *words]
    return subprocess.run(command, env=kept, capture_output=True, text=True, check=False, timeout=400)


def rights(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_the_first_day_and_only_one_first_day(tmp_path: Path) -> None:
    folder = tmp_path / "kantor"
    done = run("init", "--kabupaten", "64.02", "--data", str(folder))
    assert done.returncode == 0, done.stderr
    assert "20 kecamatan, 193 desa" in done.stdout
    assert [rights(folder), rights(folder / "kunci"), rights(folder / "rembuk.sqlite3")] == ["0o700", "0o600", "0o600"]

    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", done.stdout)
    assert code is not None
    ask = "from rembuk.accounts.signing import person_of_code as p; from rembuk.shared import clock; "
    opened = run(
        "manage", "--data", str(folder), "shell", "-v0", "-c", f"{ask}print(p({code[0]!r}, clock.now()).username)"
    )
    assert opened.stdout.strip() == "admin", opened.stderr

    before = (folder / "rembuk.sqlite3").read_bytes()
    again = run("init", "--kabupaten", "64.02", "--data", str(folder))
    assert again.returncode == 2
    assert "sudah ada basis data" in again.stderr
    assert (folder / "rembuk.sqlite3").read_bytes() == before


def test_another_regency_joins_by_the_same_act_and_a_wrong_one_makes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "kantor"
    wrong = run("init", "--kabupaten", "99.99", "--data", str(folder))
    assert (wrong.returncode, folder.exists()) == (2, False)
    assert run("init", "--kabupaten", "64.03", "--data", str(folder)).returncode == 0
    joined = run("regions", "load", "64.02", "--data", str(folder))
    assert joined.stdout == "Kabupaten Kutai Kartanegara: 20 kecamatan, 193 desa termuat.\n"
    assert run("regions", "load", "64.02.18", "--data", str(folder)).returncode == 2


def test_regions_need_a_first_day(tmp_path: Path) -> None:
    folder = tmp_path / "kosong"
    assert run("regions", "load", "64.02", "--data", str(folder)).returncode == 1
    assert not folder.exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "surat.txt").write_text("isi", encoding="utf-8")
    rights_before = rights(tmp_path)
    assert run("init", "--kabupaten", "64.02", "--data", str(tmp_path)).returncode == 2
    assert ([path.name for path in tmp_path.iterdir()], rights(tmp_path)) == (["surat.txt"], rights_before)
