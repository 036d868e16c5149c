"""Elections as files: what is read, what is left out, and how a bad file is named."""

import csv
import gzip
import hashlib
import io
import json
import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.allocation import Ballot, Problem, Proposal, Settings, Share, Source
from rembuk.core.allocation.digest import problem_values
from rembuk.core.allocation.io import (
    read_election,
    read_pabulib,
    read_problem,
    sentence_of,
    write_pabulib,
    write_problem,
)
from rembuk.core.errors import BadInputError

ELECTIONS = Path(__file__).resolve().parents[4] / "shared" / "data" / "pabulib"


def file(
    *votes: str,
    kind: str = "approval",
    budget: str = "100",
    projects: tuple[str, ...] = ("a;60;Jembatan", "b;50;Sumur", "c;40;Jalan"),
    header: str = "voter_id;vote;age",
) -> bytes:
    lines = ["META", "key;value", "instance;2024", f"budget;{budget}", f"vote_type;{kind}"]
    lines += ["PROJECTS", "project_id;cost;name", *projects, "VOTES", header, *votes]
    return "\n".join(lines).encode()


def marks(problem: Problem) -> dict[tuple[object, ...], int]:
    return {ballot.approvals or ballot.points or ballot.ranking: int(ballot.weight) for ballot in problem.ballots}


def refusal(content: bytes) -> str:
    with pytest.raises(BadInputError) as caught:
        read_pabulib(content, "kota.pb")
    return sentence_of(caught.value)


def test_an_election_is_one_source_its_proposals_and_merged_ballots() -> None:
    election = read_election(file("1;a,b;30", "2;b,a;41", "3;;22", "4;c;19"))
    problem = election.problem
    assert [(item.id, item.cost, item.rank, item.position) for item in problem.proposals] == [
        ("a", 60, 1, 0),
        ("b", 50, 1, 0),
        ("c", 40, 1, 0),
    ]
    assert [source.ceiling for source in problem.sources] == [100]
    assert marks(problem) == {("a", "b"): 2, (): 1, ("c",): 1}
    assert (problem.year, problem.unit, election.vote_type) == (2024, 1, "approval")
    assert election.titles == {"a": "Jembatan", "b": "Sumur", "c": "Jalan"}
    assert problem.allowed(problem.proposals[0]) == (problem.sources[0].id,)
    assert problem.validate() == []


def test_nothing_about_the_voters_is_kept() -> None:
    content = file("771;a;30;F;Utara", header="voter_id;vote;age;sex;neighborhood")
    assert read_pabulib(content).ballots == (Ballot(approvals=("a",)),)


@pytest.mark.parametrize(
    ("budget", "cost", "unit", "amounts"),
    [
        ("400000.0", "150000", 1, (400_000, 150_000)),
        ("3009585.74", "150000", 100, (300_958_574, 15_000_000)),
        ("100", "33.5", 10, (1_000, 335)),
        ("100,50", "33.250", 100, (10_050, 3_325)),
    ],
)
def test_decimal_money_becomes_whole_by_the_smallest_power_of_ten(
    budget: str, cost: str, unit: int, amounts: tuple[int, int]
) -> None:
    problem = read_pabulib(file("1;a;5", budget=budget, projects=(f"a;{cost};Jembatan",)))
    assert (problem.unit, (problem.sources[0].ceiling, problem.proposals[0].cost)) == (unit, amounts)


def test_points_belong_to_the_id_at_the_same_place_and_no_points_is_no_mark() -> None:
    header = "voter_id;points;age;vote"
    problem = read_pabulib(file("1;3,1;9;b,a", "2;1,3;9;a,b", "3;0,2;9;a,c", "4;;9;", kind="cumulative", header=header))
    assert marks(problem) == {(("a", 1), ("b", 3)): 2, (("c", 2),): 1, (): 1}


def test_points_with_decimals_are_all_raised_by_one_power_of_ten() -> None:
    content = file("1;a,b;0.5,2", "2;c;1", kind="scoring", header="voter_id;vote;points")
    assert marks(read_pabulib(content)) == {(("a", 5), ("b", 20)): 1, (("c", 10),): 1}


def test_a_ranking_keeps_its_order() -> None:
    assert marks(read_pabulib(file("1;c,a;9", "2;a,c;9", "3;c,a;9", kind="ordinal"))) == {("c", "a"): 2, ("a", "c"): 1}


def test_quoted_cells_may_hold_separators_and_line_ends() -> None:
    projects = ('"x;1";60;"Balai ""Warga""; tahap 1"', '"y";40;"dua\nbaris"')
    election = read_election(file('1;"x;1,y";9', "2;y;9", projects=projects))
    assert election.titles["x;1"] == 'Balai "Warga"; tahap 1'
    assert marks(election.problem) == {("x;1", "y"): 1, ("y",): 1}


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("header", ["voter_id;vote;age", "voter_id;age;vote"])
def test_line_ends_byte_order_marks_and_the_place_of_columns_make_no_difference(
    ending: str, start: bytes, header: str
) -> None:
    rows = ("1;a,b;30", "2;c;30") if header.endswith("age") else ("1;30;a,b", "2;30;c")
    content = start + file(*rows, header=header).decode().replace("\n", ending).encode()
    plain = read_pabulib(file("1;a,b;30", "2;c;30"))
    assert read_pabulib(content) == read_pabulib(gzip.compress(content)) == plain


def test_empty_lines_blanks_and_the_word_none_are_no_votes() -> None:
    content = file("1; a , b ;30", "", "  ;  ", "2;None;30", "3;c", "")
    assert marks(read_pabulib(content)) == {("a", "b"): 1, (): 1, ("c",): 1}


def test_one_file_in_two_orders_is_one_problem() -> None:
    rows = [f"{number};{','.join(random.Random(number).sample('abc', 2))};9" for number in range(20)]
    one = read_pabulib(file(*rows))
    other = read_pabulib(file(*reversed(rows), projects=("c;40;Jalan", "b;50;Sumur", "a;60;Jembatan")))
    assert problem_values(one) == problem_values(other)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x1f\x8b\x08\x00rusak", "Berkas kota.pb rusak: isi gzip tidak dapat dibuka sampai akhir. Unduh atau salin"),
        (gzip.compress(file("1;a;9"))[:-12], "Berkas kota.pb rusak: isi gzip tidak dapat dibuka sampai akhir."),
        (b"", "Berkas kota.pb tidak memuat bagian META. Yang diterima: META, PROJECTS, lalu VOTES."),
        (b"PK\x03\x04\xff\n", "Berkas kota.pb bukan teks UTF-8."),
        (b"usulan;biaya\n1;2\n", "Berkas kota.pb, baris 1: terbaca “usulan” sebelum bagian mana pun."),
        (file("1;\xff;9").decode().encode("latin-1"), "Berkas kota.pb bukan teks UTF-8."),
        (file("1;a;9", "2;q;9"), "Berkas kota.pb, baris 14: suara menyebut “q”, yang tidak ada di PROJECTS."),
        (file("1;a;9", "2"), "Berkas kota.pb, baris 14: hanya 1 sel. Yang diterima: sel sampai kolom vote."),
        (file("1;a;9", kind="veto"), "Berkas kota.pb: vote_type terbaca “veto”. Yang diterima: approval, choose-1,"),
        (file("1;a;9", budget=""), "Bagian META berkas kota.pb tidak memuat budget."),
        (
            file("1;a;9", budget="1.000.000"),
            "Berkas kota.pb, baris 4: budget terbaca “1.000.000”. Yang diterima: angka",
        ),
        (file("1;a", header="voter_id;suara"), "Berkas kota.pb, baris 12: kolom vote tidak ada di judul bagian VOTES."),
        (file("1;a;9", projects=()), "Bagian PROJECTS berkas kota.pb kosong."),
        (file(projects=("a;5;x", "a;6;y")), "Berkas kota.pb, baris 9: project_id “a” sudah dipakai di baris 8."),
        (file(projects=(";5;x",)), "Berkas kota.pb, baris 8: project_id kosong."),
        (file(projects=("a,b;5;x",)), "Berkas kota.pb, baris 8: project_id “a,b” memuat koma, pemisah antarsuara."),
        (file(projects=("a;-5;x",)), "Berkas kota.pb, baris 8: cost usulan a terbaca “-5”. Yang diterima: angka nol"),
        (file(projects=("a;mahal;x",)), "Berkas kota.pb, baris 8: cost usulan a terbaca “mahal”. Yang diterima: angka"),
        (file("1;a,b;9", "2;c,c;9", kind="ordinal"), "Berkas kota.pb, baris 14: suara menyebut “c” dua kali."),
        (
            file("1;a,b;1", kind="cumulative", header="voter_id;vote;points"),
            "Berkas kota.pb, baris 13: suara menyebut 2 usulan dengan 1 nilai.",
        ),
        (
            file("1;a;1", "2;b;-1", kind="cumulative", header="voter_id;vote;points"),
            "Berkas kota.pb, baris 14: points terbaca “-1”. Yang diterima: angka nol atau lebih.",
        ),
        (
            file("1;a;x", kind="scoring", header="voter_id;vote;points"),
            "Berkas kota.pb, baris 13: points terbaca “x”. Yang diterima: angka tanpa pemisah ribuan",
        ),
        (file("1;a;9", kind="cumulative"), "Berkas kota.pb, baris 12: kolom points tidak ada di judul bagian VOTES."),
        (file("1;a;9") + b"\nMETA\n", "Berkas kota.pb, baris 14: hanya 1 sel."),
        (b"META\nkey;value\nMETA\nkey;value\n", "Berkas kota.pb, baris 3: bagian META sudah ada sebelumnya."),
    ],
)
def test_a_bad_file_is_refused_by_line_with_what_would_be_accepted(content: bytes, sentence: str) -> None:
    assert refusal(content)[: len(sentence)] == sentence


def test_a_small_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rembuk.core.allocation.io.pabulib.LARGEST_MEGABYTES", 1)
    assert refusal(gzip.compress(b"0" * 2_000_000)) == (
        "Berkas kota.pb mengembang lebih dari 1 MB bila dibuka; tidak dibaca."
    )


@st.composite
def elections(draw: st.DrawFn) -> Problem:
    kind = draw(st.sampled_from(["approvals", "points", "ranking"]))
    ids = draw(
        st.lists(st.text("ab;\"' 0", min_size=1, max_size=4).map(str.strip), unique=True, min_size=1, max_size=4)
    )
    ids = [name for name in ids if name and name.lower() != "none"] or ["a"]
    unit = draw(st.sampled_from([1, 10, 100]))
    amounts = st.integers(1, 10**6).filter(lambda amount: unit == 1 or amount % 10)
    ballots: dict[tuple[object, ...], Ballot] = {}
    for names in draw(st.lists(st.lists(st.sampled_from(ids), unique=True), max_size=6)):
        weight = Fraction(draw(st.integers(1, 3)))
        if kind == "points":
            given_points = tuple(sorted((name, draw(st.integers(1, 9))) for name in names))
            ballots[given_points] = Ballot(points=given_points, weight=weight)
        elif kind == "ranking":
            ballots[tuple(names)] = Ballot(ranking=tuple(names), weight=weight)
        else:
            ballots[tuple(sorted(names))] = Ballot(approvals=tuple(sorted(names)), weight=weight)
    return Problem(
        tuple(Proposal(name, draw(amounts), 1) for name in ids),
        (Source("ANGGARAN", draw(amounts)),),
        order=("ANGGARAN",),
        not_by_default=frozenset(),
        ballots=tuple(ballots.values()),
        unit=unit,
    )


@given(elections())
def test_what_is_written_is_read_again_as_the_same_problem(problem: Problem) -> None:
    content = write_pabulib(problem)
    assert problem_values(read_pabulib(content)) == problem_values(problem)
    assert write_pabulib(problem, packed=True) == gzip.compress(content, mtime=0)


def test_the_bytes_do_not_depend_on_the_order_of_anything() -> None:
    problem = read_pabulib(file("1;a,b;9", "2;c;9", "3;;9", budget="100.5"))
    turned = Problem(
        problem.proposals[::-1], problem.sources, ballots=problem.ballots[::-1], year=problem.year, unit=problem.unit
    )
    meta = {"unit": "Melintang", "description": "Contoh"}
    assert write_pabulib(turned, dict(reversed(meta.items())), {"a": "Jembatan"}).decode() == (
        "META\nkey;value\ndescription;Contoh\nunit;Melintang\nnum_projects;3\nnum_votes;3\nbudget;100.5\n"
        "vote_type;approval\ninstance;2024\nPROJECTS\nproject_id;cost;name\na;60;Jembatan\nb;50;\nc;40;\n"
        'VOTES\nvoter_id;vote\n1;""\n2;a,b\n3;c\n'.replace('""', "")
    )
    assert write_pabulib(problem, meta, {"a": "Jembatan"}) == write_pabulib(turned, meta, {"a": "Jembatan"})


def test_what_the_format_cannot_say_is_refused_by_name() -> None:
    problem = Problem(
        (Proposal("a", 5, 1, requires=("b",)), Proposal("b", None, 2)),
        (Source("DDS", 5), Source("ADD", 5)),
        (Share("BLT", "DDS", frozenset({"blt"})),),
        ballots=(Ballot(("a",), weight=Fraction(1, 2)), Ballot(ranking=("a", "b"))),
    )
    with pytest.raises(BadInputError) as caught:
        write_pabulib(problem)
    assert sentence_of(caught.value) == (
        "Masalah ini memuat lebih dari satu sumber, aturan penggunaan dana, usulan bersyarat, usulan tanpa biaya, "
        "bobot suara pecahan, suara dari dua cara, yang tidak dapat ditulis sebagai Pabulib. Simpan sebagai JSON."
    )


def test_json_states_a_problem_with_defaults_and_exact_fractions() -> None:
    stated = read_problem(
        json.dumps(
            {
                "proposals": [
                    {"id": "a", "cost": 5, "title": "Jembatan"},
                    {"id": "b", "cost": None, "hamlet": "Dusun 1"},
                ],
                "sources": [{"id": "DDS", "ceiling": 10}],
                "shares": [{"name": "P", "of": "DDS", "tags": ["pangan"], "min": 0.2, "max": "45%", "title": "Pangan"}],
                "ballots": [
                    {"approvals": ["a"], "weight": "1/3"},
                    {"points": {"b": 2}},
                    ["2/1", "", [], "ranking", [["a"]]],
                ],
                "exclusions": [{"ids": ["a", "b"]}, [["a"], 1, "satu"]],
                "settings": {"rule": "mes"},
            }
        ).encode()
    )
    problem = stated.problem
    assert [(item.rank, item.position, item.hamlet) for item in problem.proposals] == [(1, 0, ""), (2, 1, "Dusun 1")]
    assert (problem.shares[0].min, problem.shares[0].max) == (Fraction(1, 5), Fraction(9, 20))
    assert problem.shares[0].title == "Pangan"
    assert problem.ballots == (
        Ballot(("a",), weight=Fraction(1, 3)),
        Ballot(points=(("b", 2),)),
        Ballot(ranking=("a",), weight=Fraction(2)),
    )
    assert [(sorted(rule.ids), rule.at_most) for rule in problem.exclusions] == [(["a", "b"], 1), (["a"], 1)]
    assert problem.not_by_default == frozenset({"SWD", "DLL"})
    assert (stated.settings, stated.titles) == ({"rule": "mes"}, {"a": "Jembatan"})


@given(elections())
def test_json_comes_back_as_it_was_written(problem: Problem) -> None:
    content = write_problem(problem, Settings(rule="mes"), {"a": "Jembatan"})
    stated = read_problem(content)
    assert problem_values(stated.problem) == problem_values(problem)
    assert write_problem(stated.problem, Settings(rule="mes"), stated.titles) == content


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Berkas desa.json rusak di baris 1, huruf ke-2: di situ JSON tidak utuh."),
        ('{"sources": []}', "Berkas desa.json, isi: kunci “proposals” belum ada dan wajib diisi."),
        (
            '{"proposals": [], "proposals": []}',
            "Berkas desa.json: kunci “proposals” tertulis dua kali dalam satu objek. Hapus salah satunya.",
        ),
        (
            '{"proposals": [{"id": "a", "cost": 1.5}], "sources": []}',
            'Berkas desa.json, proposals[0].cost: terbaca "3/2". Yang diterima: bilangan bulat.',
        ),
        (
            '{"proposals": [{"id": "a", "cost": 1e999999999}], "sources": []}',
            'Berkas desa.json, berkas: terbaca "1e999999999". Yang diterima: bilangan tanpa pangkat,',
        ),
        (
            '{"proposals": [{"id": "a", "biaya": 1}], "sources": []}',
            "Berkas desa.json, proposals[0]: kunci “biaya” tidak dikenal. Yang diterima: cost, groups, hamlet, id,",
        ),
        (
            '{"proposals": [], "sources": [], "ballots": [{"approvals": ["a"], "points": {"a": 1}}]}',
            'Berkas desa.json, ballots[0]: terbaca ["approvals", "points"]. Yang diterima: satu saja dari approvals,',
        ),
        (
            '{"proposals": [], "sources": [], "ballots": [{"approvals": ["a"], "weight": "1/0"}]}',
            'Berkas desa.json, ballots[0].weight: terbaca "1/0". Yang diterima: pecahan seperti 0.2, "1/5" atau "20%".',
        ),
        ("[" * 100_000, "Berkas desa.json bersarang terlalu dalam; tidak dibaca."),
    ],
)
def test_bad_json_is_refused_by_place_with_what_would_be_accepted(text: str, sentence: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read_problem(text.encode(), "desa.json")
    assert sentence_of(caught.value)[: len(sentence)] == sentence


def listed() -> list[dict[str, str]]:
    index = ELECTIONS / "index.csv"
    return list(csv.DictReader(io.StringIO(index.read_text()))) if index.exists() else []


@pytest.mark.skipif(not listed(), reason=f"LOUD SKIP: no real elections at {ELECTIONS}")
def test_every_real_election_is_read_whole() -> None:
    for row in listed():
        content = (ELECTIONS / row["file"]).read_bytes()
        assert hashlib.sha256(gzip.decompress(content)).hexdigest() == row["sha256_raw"]
        election = read_election(content, row["file"])
        problem = election.problem
        assert election.vote_type == row["vote_type"]
        assert len(problem.proposals) == int(row["projects"])
        assert sum(ballot.weight for ballot in problem.ballots) == int(row["ballots"])
        assert Fraction(problem.sources[0].ceiling, problem.unit) == Fraction(row["budget"])
        assert len({ballot.marked for ballot in problem.ballots}) == len(problem.ballots)
