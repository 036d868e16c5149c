"""``./rembuk schedule``: the keys machines read, the page people read, and refusals with their exit codes."""

import json
from pathlib import Path

import pytest

from rembuk.cli import main

KEYS = (
    *("biaya", "biaya_rakus", "tak_terlayani", "pelanggaran", "detik_rencana_pertama", "sebaran_beban"),
    *("sebaran_beban_rakus", "bagian_biaya"),
)


def season(**changes: object) -> dict[str, object]:
    return {
        "window": {"start": "2026-02-02", "end": "2026-02-13"},
        "teams": [{"id": "A", "name": "Tim Hulu", "base": "Kota", "boat_seats": 6, "skills": [], "off": [3]}],
        "speakers": [],
        "villages": [{"code": "99.01.01.2001", "name": "Muara Aji"}, {"code": "99.01.01.2002", "name": "Sungai Sepi"}],
        **changes,
    }


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    travel = {
        "places": ["99.01.01.2001", "99.01.01.2002", "base:Kota"],
        "minutes": [[0, 40, 60], [40, 0, 90], [60, 90, 0]],
        "uses_river": [[0, 1, 0], [1, 0, 1], [0, 1, 0]],
    }
    (tmp_path / "musim.json").write_text(json.dumps(season()), encoding="utf-8")
    (tmp_path / "jalan.json").write_text(json.dumps(travel), encoding="utf-8")
    return str(tmp_path / "musim.json"), str(tmp_path / "jalan.json")


def test_the_json_has_exactly_the_keys_that_were_agreed(files, capsys):
    assert main(["schedule", files[0], "--perjalanan", files[1], "--benih", "1", "--putaran", "50", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert tuple(found) == KEYS
    assert found["tak_terlayani"] == []
    assert found["pelanggaran"] == []
    assert sum(found["bagian_biaya"].values()) == pytest.approx(found["biaya"], abs=0.01)
    assert found["biaya"] <= found["biaya_rakus"]


def test_the_page_names_teams_villages_and_dates(files, capsys):
    assert main(["schedule", files[0], "--perjalanan", files[1], "--putaran", "20"]) == 0
    shown = capsys.readouterr().out
    assert "2 forum dijadwalkan, 0 desa belum" in shown
    assert "Tim Hulu: 2 dari 9 hari" in shown
    assert "Februari 2026: " in shown
    assert "Muara Aji" in shown


def test_a_time_limit_ends_the_search(files, capsys):
    assert main(["schedule", files[0], "--perjalanan", files[1], "--detik", "0.2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pelanggaran"] == []


def test_a_village_left_out_is_explained(files, capsys, tmp_path):
    villages = [{"code": "99.01.01.2001", "name": "Muara Aji", "needs_skill": "dayak"}]
    Path(files[0]).write_text(json.dumps(season(villages=villages)), encoding="utf-8")
    assert main(["schedule", files[0], "--perjalanan", files[1], "--putaran", "5"]) == 0
    shown = capsys.readouterr()
    assert "Muara Aji tidak dapat dijadwalkan oleh rencana mana pun" in shown.out
    assert "Peringatan: Desa Muara Aji meminta tim yang bisa dayak" in shown.err


def test_a_file_that_is_not_there_is_said(files, capsys):
    assert main(["schedule", "tidak-ada.json", "--perjalanan", files[1]]) == 1
    assert "tidak ditemukan" in capsys.readouterr().err


def test_rows_that_are_wrong_are_named_for_people_and_machines(files, capsys):
    Path(files[0]).write_text(json.dumps(season(teams=[{"id": "A", "base": "Antah"}])), encoding="utf-8")
    assert main(["schedule", files[0], "--perjalanan", files[1], "--json"]) == 1
    shown = capsys.readouterr()
    assert "pangkalan “Antah”" in shown.err
    assert json.loads(shown.out)["issues"][0]["where"] == "tim A"


def test_wrong_usage_ends_with_two(files):
    for wrong in (["schedule", files[0]], ["schedule", files[0], "--perjalanan", files[1], "--detik", "-1"]):
        with pytest.raises(SystemExit) as ended:
            main(wrong)
        assert ended.value.code == 2
