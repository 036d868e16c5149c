"""The main job with files that villages and a regency made. They lie beside the checkout and are never part of it."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from rembuk.cli import main
from rembuk.core.intake.last_year import plan_sheet, read_last_year
from rembuk.shared.sheets import read_file

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not REAL.is_dir(), reason=f"berkas desa yang asli tidak ada di {REAL.name} di samping repositori"
    ),
]
WORKBOOK = "files/Usulan_CSR_KulonProgo_2024.xlsx"
LAST_YEAR = "files/RKP_RAB_Pandanlandung_2026.xlsx"
CEILINGS = {"DDS": 900_000_000, "ADD": 1_200_000_000, "PBH": 80_000_000, "PBK": 450_000_000, "PAD": 25_000_000}
# Accepted rows and rows without one cost, counted in the files by hand.
KNOWN = {
    WORKBOOK: (586, 21),
    "usulan_desa_web_a.csv": (56, 56),
    "usulan_kulonprogo_2024_a.csv": (574, 20),
    "usulan_kulonprogo_permasalahan_a.csv": (68, 40),
}
LISTS = [WORKBOOK, *(sorted(path.name for path in REAL.glob("usulan_*.csv")) if REAL.is_dir() else [])]


def draft(tmp_path, capsys, name, *more):
    lines = ["sumber,jumlah,untuk", *(f"{source},{amount}," for source, amount in CEILINGS.items())]
    (tmp_path / "pagu.csv").write_text("\n".join([*lines, "DDS,600000000,KDMP"]))
    out = tmp_path / "out"
    files = ["--usulan", str(REAL / name), "--pagu", str(tmp_path / "pagu.csv"), "--out", str(out)]
    code = main(["draft-rkp", *files, "--desa", "64.02.02.2006", "--tahun", "2027", *more])
    said = capsys.readouterr().err.splitlines()
    with (out / "alasan.csv").open(encoding="utf-8", newline="") as stream:
        return code, said, list(csv.DictReader(stream)), json.loads((out / "periksa.json").read_text()), out


@pytest.mark.parametrize("name", LISTS)
def test_a_real_list_becomes_a_plan_under_its_ceilings(name, tmp_path, capsys):
    code, said, rows, checks, out = draft(tmp_path, capsys, name)
    assert code == 0
    accepted, refused = (int(part.split()[1]) for part in said[-1].split(", "))
    assert len(rows) == accepted == len({row["baris"] for row in rows})
    assert accepted + refused > 0
    assert checks["pagu"] == CEILINGS
    assert all(checks["terpakai"][source] <= ceiling for source, ceiling in CEILINGS.items())
    chosen = [row for row in rows if row["terpilih"] == "ya"]
    assert sum(int(row["biaya"]) for row in chosen) == sum(checks["terpakai"].values())
    assert {row["kode_alasan"] for row in chosen} <= {"ALOK-01"}
    passed = [row for row in rows if row["terpilih"] == "tidak"]
    assert {row["kode_alasan"] for row in passed} <= {"ALOK-02", "ALOK-03", "ALOK-04", "BIAYA-KOSONG"}
    assert all(row["kode_alasan"] == "BIAYA-KOSONG" for row in passed if not row["biaya"])
    assert all(row["alasan"] for row in rows)
    assert sorted(path.name for path in out.iterdir()) == [
        "RKP.docx",
        "RKP.pdf",
        "RKP.xlsx",
        "alasan.csv",
        "periksa.json",
    ]
    if name in KNOWN:
        without_cost = sum(not row["biaya"] for row in rows)
        assert (accepted, refused, without_cost) == (KNOWN[name][0], 0, KNOWN[name][1])


def test_the_workbook_is_read_as_it_is(tmp_path, capsys):
    _, said, rows, _, out = draft(tmp_path, capsys, WORKBOOK)
    assert "Kolom L dibaca sebagai biaya dari isinya; judulnya “]”." in said
    assert "Baris 588: baris jumlah (124438680083,03), tidak dihitung sebagai usulan." in said
    assert sum(int(row["biaya"] or 0) for row in rows) == 99_563_926_378
    sheet = openpyxl.load_workbook(out / "RKP.xlsx")["RKP"]
    letters = [[cell.value for cell in row][:13] for row in sheet.iter_rows()]
    assert list("abcdefghijklm") in letters


def test_a_list_without_costs_says_so(tmp_path, capsys):
    _, said, rows, checks, _ = draft(tmp_path, capsys, "usulan_desa_web_a.csv")
    assert any(line.startswith("Tidak satu pun usulan berbiaya") for line in said)
    assert {row["kode_alasan"] for row in rows} == {"BIAYA-KOSONG"}
    assert set(checks["terpakai"].values()) == {0}


def test_the_villages_plan_of_last_year_becomes_the_evaluation(tmp_path, capsys):
    workbook = read_file(REAL / LAST_YEAR)
    plan = read_last_year(workbook.table(plan_sheet(workbook.names)))
    assert (len(plan.items), plan.total, plan.refused) == (38, 2_241_895_523, ())
    by_field = [sum(item.amount or 0 for item in plan.items if item.field == field) for field in range(1, 6)]
    assert by_field == [862_664_323, 1_148_231_200, 102_000_000, 1_000_000, 128_000_000]
    _, said, _, _, out = draft(tmp_path, capsys, WORKBOOK, "--rkp-lalu", str(REAL / LAST_YEAR))
    assert "RKP lalu: 38 kegiatan terbaca dari lembar RKPDESA 2026, jumlah Rp2.241.895.523." in said
    assert "Evaluasi" in openpyxl.load_workbook(out / "RKP.xlsx").sheetnames


def test_the_same_plan_reads_alike_from_workbook_and_list():
    workbook = read_file(REAL / LAST_YEAR)
    one = read_last_year(workbook.table(plan_sheet(workbook.names)))
    other = read_last_year(read_file(REAL / "rkpdes_pandanlandung_2026.csv").table())
    assert [item.amount for item in one.items] == [item.amount for item in other.items]
    assert [item.text for item in one.items] == [item.text for item in other.items]


def test_every_sheet_of_the_village_workbook_can_be_opened():
    workbook = read_file(REAL / LAST_YEAR)
    assert len(workbook.names) == 45
    errors = sum(
        str(cell).startswith("#") for name in workbook.names for row in workbook.table(name).rows for cell in row
    )
    assert errors > 0
