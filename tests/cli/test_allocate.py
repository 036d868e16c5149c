import gzip
import json
from pathlib import Path

import pytest

from rembuk.cli import main
from rembuk.core.allocation import RULES, allocate
from rembuk.core.allocation.engine import Outcome
from rembuk.core.allocation.io import read_pabulib, read_problem, write_problem

ROOT = Path(__file__).resolve().parents[2]
VILLAGE = ROOT / "contoh" / "pilihan-desa.json"
ELECTIONS = ROOT.parent / "shared" / "data" / "pabulib"

ELECTION = """META
key;value
budget;100.0
vote_type;approval
PROJECTS
project_id;cost;name
9;50;Jembatan
10;50;"Sumur; bor"
3;60;Jalan
VOTES
voter_id;vote;age
1;9,10;30
2;10,9;41
3;3;22
"""


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    code = main(["allocate", *(str(argument) for argument in arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def election(tmp_path: Path) -> Path:
    path = tmp_path / "kota.pb"
    path.write_text(ELECTION, encoding="utf-8")
    return path


def test_one_file_prints_one_json_object_with_everything_a_machine_needs(capsys, election):
    code, out, err = run(capsys, election, "--aturan", "mes", "--pelengkap", "none", "--json")
    row = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert list(row)[:4] == ["selected", "order", "settings", "digest"]
    assert (row["selected"], row["order"]) == (["10"], ["10"])
    assert sorted(row["explanations"]) == ["10", "3", "9"]
    assert row["explanations"]["10"]["chosen"] is True
    assert row["funding"] == {"10": {"ANGGARAN": 50}}
    problem = read_pabulib(election.read_bytes())
    settings = row["settings"]
    assert (settings["ties"], settings["step"], settings["stops"], settings["utility"]) == (
        "lexicographic",
        1,
        True,
        "cost",
    )
    assert (problem.unit, row["unit"], row["settled"]) == (1, 1, True)


def test_selected_is_sorted_as_text_and_order_is_the_order_of_purchase(capsys, election):
    row = json.loads(run(capsys, election, "--aturan", "greedy-per-rupiah", "--json", "--tanpa-penjelasan")[1])
    assert (row["selected"], row["order"], row["explanations"]) == (["10", "9"], ["10", "9"], {})


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ("lexicographic", "", 1, True)),
        (("--benih", "ikan 7"), ("lot", "ikan 7", 0, False)),
        (("--ikatan", "lot"), ("lot", "", 0, False)),
        (("--benih", "ikan 7", "--ikatan", "lexicographic"), ("lexicographic", "ikan 7", 1, True)),
        (("--lewati",), ("lexicographic", "", 1, False)),
        (("--ikatan", "lot", "--berhenti", "--langkah", "5"), ("lot", "", 5, True)),
    ],
)
def test_what_was_not_asked_follows_from_the_ties_and_stands_in_the_settings(capsys, election, arguments, expected):
    row = json.loads(run(capsys, election, "--aturan", "phragmen", "--json", *arguments)[1])["settings"]
    assert (row["ties"], row["seed"], row["step"], row["stops"]) == expected


def test_the_step_is_in_units_of_the_currency(capsys, tmp_path):
    path = tmp_path / "sen.pb"
    path.write_text(ELECTION.replace("100.0", "100.25"), encoding="utf-8")
    assert json.loads(run(capsys, path, "--json")[1])["settings"]["step"] == 100
    assert json.loads(run(capsys, path, "--json", "--langkah", "3")[1])["settings"]["step"] == 300


@pytest.mark.parametrize(
    ("kind", "rows", "utility"),
    [
        ("cumulative", "voter_id;vote;points\n1;9,10;2,1\n", "points"),
        ("ordinal", "voter_id;vote\n1;9,10\n", "borda"),
        ("choose-1", "voter_id;vote\n1;9\n", "cost"),
    ],
)
def test_the_utility_follows_from_the_votes(capsys, tmp_path, kind, rows, utility):
    path = tmp_path / "kota.pb"
    path.write_text(ELECTION.replace("approval", kind).partition("voter_id")[0] + rows, encoding="utf-8")
    assert json.loads(run(capsys, path, "--json")[1])["settings"]["utility"] == utility


def test_many_files_are_a_line_each_and_a_bad_one_stops_none(capsys, election, tmp_path):
    packed = tmp_path / "tanpa-akhiran"
    packed.write_bytes(gzip.compress(ELECTION.encode()))
    bad = tmp_path / "rusak.pb"
    bad.write_text(ELECTION.replace("3;3;22", "3;4;22"), encoding="utf-8")
    code, out, err = run(capsys, election, bad, packed, VILLAGE, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    sentence = "Berkas rusak.pb, baris 14: suara menyebut “4”, yang tidak ada di PROJECTS. Yang diterima: 10, 3, 9."
    assert (code, err) == (1, f"{sentence}\n")
    assert [row["file"] for row in rows] == [str(path) for path in (election, bad, packed, VILLAGE)]
    assert rows[1] == {"file": str(bad), "error": "pb-suara-asing", "message": sentence}
    assert rows[0]["selected"] == rows[2]["selected"] == ["10", "9"]


def test_a_problem_that_cannot_be_decided_names_everything(capsys, tmp_path):
    path = tmp_path / "desa.json"
    proposals = [{"id": "A", "cost": 5, "requires": ["B"]}, {"id": "B", "cost": 4, "requires": ["A"]}]
    ballots = [{"approvals": ["C"]}, {"approvals": ["A"], "weight": -1, "hamlet": "Hulu"}]
    content = {"proposals": proposals, "sources": [{"id": "DDS", "ceiling": 9}], "ballots": ballots}
    path.write_text(json.dumps(content), encoding="utf-8")
    code, out, err = run(capsys, path, "--json")
    row = json.loads(out)
    assert (code, row["error"]) == (1, "invalid-problem")
    assert [issue["code"] for issue in row["issues"]] == [
        "prerequisite-circle",
        "prerequisite-circle",
        "ballot-weight-negative",
        "ballot-unknown",
    ]
    assert err.splitlines() == [f"desa.json: {issue['message']}" for issue in row["issues"]]


def test_a_mandatory_proposal_that_cannot_be_paid_is_named(capsys, tmp_path):
    path = tmp_path / "desa.json"
    content = {
        "proposals": [{"id": "A", "cost": 11, "mandatory": "Keputusan Musdes"}, {"id": "B", "cost": 4}],
        "sources": [{"id": "DDS", "ceiling": 9}],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    code, out, err = run(capsys, path, "--json")
    row = json.loads(out)
    assert (code, row["settled"], row["selected"]) == (0, False, ["B"])
    assert err == "desa.json: usulan wajib tidak dapat masuk. A: Biaya Rp11 melebihi seluruh pagu DDS; kurang Rp2.\n"


def test_the_file_states_settings_and_the_command_line_is_stronger(capsys):
    row = json.loads(run(capsys, VILLAGE, "--json")[1])
    assert (row["settings"]["rule"], row["settings"]["seed"]) == ("mes", "ikan patin 7")
    row = json.loads(run(capsys, VILLAGE, "--json", "--aturan", "greedy", "--benih", "lain")[1])
    assert (row["settings"]["rule"], row["settings"]["seed"]) == ("greedy", "lain")


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_decides_the_village_and_comes_out_the_same_again(capsys, tmp_path, rule):
    row = json.loads(run(capsys, VILLAGE, "--aturan", rule, "--periksa", "--json")[1])
    assert row["replayed"] is True
    assert sorted(row["explanations"]) == [f"U{number:02}" for number in range(1, 13)]
    stated = read_problem(VILLAGE.read_bytes())
    copy = tmp_path / "salinan.json"
    copy.write_bytes(write_problem(stated.problem))
    seeded = ("--benih", "ikan patin 7")
    again = json.loads(run(capsys, copy, "--aturan", rule, "--utilitas", "cost", *seeded, "--json")[1])
    assert (again["digest"], again["order"]) == (row["digest"], row["order"])


def test_people_get_a_table_with_a_sentence_for_each(capsys):
    code, out, err = run(capsys, VILLAGE, "--benih", "ikan patin 7")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == (
        "pilihan-desa.json: jatah yang sama (equal shares); utilitas cost, pelengkap add1u, ikatan lot, "
        "benih “ikan patin 7”"
    )
    assert lines[1].split() == ["No", "Usulan", "Biaya", "Dipilih", "Alasan"]
    table = [line for line in lines[2:] if line[4:6].startswith("U")]
    chosen = [line for line in table if "  ya  " in line]
    assert (len(table), table[: len(chosen)]) == (12, chosen)
    assert all(line.rstrip().endswith(".") for line in table)
    assert lines[-1].startswith("sidik jari ")


def test_an_outcome_that_fails_the_check_is_not_printed(capsys, election, monkeypatch):
    def forged(problem, settings):
        outcome: Outcome = allocate(problem, settings)
        kept = tuple(item for item in outcome.decisions if item.id != "3")
        return type(outcome)(outcome.rule, kept, outcome.sources, outcome.rows, digest=outcome.digest)

    monkeypatch.setattr("rembuk.cli.allocate.allocate", forged)
    code, out, err = run(capsys, election)
    assert (code, out) == (1, "")
    assert err.splitlines()[0] == "kota.pb: hasil tidak lolos pemeriksaan, jadi tidak dicetak."
    assert "not-decided 3" in err


@pytest.mark.parametrize("arguments", [(), ("x.pb", "--aturan", "undian"), ("x.pb", "--langkah", "-1")])
def test_wrong_usage_is_exit_code_two(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(["allocate", *arguments])
    assert caught.value.code == 2


def test_a_missing_file_is_said_in_one_sentence(capsys, tmp_path):
    path = tmp_path / "tak-ada.pb"
    assert run(capsys, path) == (1, "", f"Berkas {path} tidak ditemukan. Periksa nama dan foldernya.\n")


def oracles() -> list[tuple[str, str]]:
    """The smaller real elections; the whole folder is compared by the bench and by the engine's own tests."""
    expected = ELECTIONS / "expected.json"
    if not expected.exists():
        return []
    found = json.loads(expected.read_text())["instances"]
    return [(name, rule) for name, row in found.items() if row["ballots"] < 4_000 for rule in row["rules"]]


AS_ASKED = {
    "greedy_cost": ("greedy-per-rupiah", "--utilitas", "cost"),
    "greedy_card": ("greedy-per-rupiah", "--utilitas", "cardinality"),
    "greedy_add": ("greedy-per-rupiah", "--utilitas", "points"),
    "greedy_borda": ("greedy-per-rupiah", "--utilitas", "borda"),
    "mes_cost": ("mes", "--utilitas", "cost", "--pelengkap", "none"),
    "mes_card": ("mes", "--utilitas", "cardinality", "--pelengkap", "none"),
    "mes_add": ("mes", "--utilitas", "points", "--pelengkap", "none"),
    "mes_borda": ("mes", "--utilitas", "borda", "--pelengkap", "none"),
    "mes_u": ("mes", "--pelengkap", "utilitarian"),
    "mes_add1u": ("mes", "--pelengkap", "add1u"),
    "phragmen": ("phragmen", "--pelengkap", "none"),
}


@pytest.mark.skipif(not oracles(), reason=f"LOUD SKIP: no oracles at {ELECTIONS}")
@pytest.mark.parametrize(("name", "rule"), oracles())
def test_the_command_agrees_with_the_oracles(capsys, name, rule):
    expected = json.loads((ELECTIONS / "expected.json").read_text())["instances"][name]["rules"][rule]
    options = (*AS_ASKED[rule][1:], "--ikatan", "lexicographic", "--tanpa-penjelasan", "--json")
    row = json.loads(run(capsys, ELECTIONS / name, "--aturan", AS_ASKED[rule][0], *options)[1])
    assert row["selected"] == expected["selected"]
