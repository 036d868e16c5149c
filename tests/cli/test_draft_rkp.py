"""The main job from the command line: a list and ceilings in, a plan and its reasons out, or a sentence and no file."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from rembuk.cli import main
from rembuk.cli.draft_rkp import _swap_in
from rembuk.shared.sheets import xlsx_bytes

EXAMPLE = Path(__file__).parents[2] / "contoh"
FILES = ["RKP.docx", "RKP.pdf", "RKP.xlsx", "alasan.csv", "periksa.json"]
VILLAGE = "64.02.02.2006"
LIST = "usulan,biaya\nSemenisasi jalan RT 01,6000000\nSemenisasi jalan RT 02,5.000.000\n"
CEILINGS = "sumber,jumlah\nDDS,8000000\nADD,4000000\n"


class Desk:
    """A folder with the input files, and one run of the command over them."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys
        self.out = folder / "out"
        self.write("usulan.csv", LIST)
        self.write("pagu.csv", CEILINGS)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *more, usulan="usulan.csv", pagu="pagu.csv", desa=VILLAGE, tahun="2027"):
        """Return exit code and the lines said on stderr."""
        files = ["--usulan", str(self.folder / usulan), "--pagu", str(self.folder / pagu), "--out", str(self.out)]
        code = main(["draft-rkp", *files, "--desa", desa, "--tahun", tahun, *map(str, more)])
        return code, self.capsys.readouterr().err.splitlines()

    def reasons(self):
        with (self.out / "alasan.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def checks(self):
        return json.loads((self.out / "periksa.json").read_text(encoding="utf-8"))

    def matrix(self):
        sheet = openpyxl.load_workbook(self.out / "RKP.xlsx", data_only=True)["RKP"]
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    def left_behind(self):
        return sorted(path.name for path in self.folder.iterdir() if path.name not in ("usulan.csv", "pagu.csv"))


@pytest.fixture
def desk(tmp_path, capsys):
    return Desk(tmp_path, capsys)


def test_the_shipped_example_gives_every_file_and_reason(desk):
    code, said = desk.run(usulan=EXAMPLE / "usulan.xlsx", pagu=EXAMPLE / "pagu.csv")
    assert (code, said[-1]) == (0, "diterima 20, ditolak 5")
    assert sorted(path.name for path in desk.out.iterdir()) == sorted(FILES)
    rows = desk.reasons()
    assert list(rows[0]) == ["baris", "usulan", "biaya", "terpilih", "sumber", "kode_alasan", "alasan"]
    assert [int(row["baris"]) for row in rows] == [
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        18,
        19,
        20,
        21,
        22,
        24,
        25,
        26,
        30,
        31,
        34,
        36,
        37,
    ]
    by_row = {row["baris"]: row for row in rows}
    assert (by_row["13"]["biaya"], by_row["13"]["terpilih"], by_row["13"]["kode_alasan"]) == (
        "",
        "tidak",
        "BIAYA-KOSONG",
    )
    assert by_row["22"]["kode_alasan"] == "BIAYA-KOSONG"
    assert by_row["30"]["sumber"] == "PBK"
    assert by_row["10"]["sumber"] == "PBK;DDS"
    assert by_row["37"]["kode_alasan"] == "ALOK-03"
    refused = [line.split(" ditolak: ")[0] for line in said if " ditolak: " in line]
    assert refused == [f"Baris {row} kolom I" for row in (23, 32, 33, 35, 38)]


def test_chosen_costs_add_up_in_every_file(desk):
    desk.run(usulan=EXAMPLE / "usulan.xlsx", pagu=EXAMPLE / "pagu.csv")
    chosen = sum(int(row["biaya"]) for row in desk.reasons() if row["terpilih"] == "ya")
    checks = desk.checks()
    assert sum(checks["terpakai"].values()) == chosen
    assert all(checks["terpakai"][source] <= checks["pagu"][source] for source in checks["pagu"])
    assert checks["pagu"]["DDS"] == 412_650_000
    (total,) = [row for row in desk.matrix() if any(str(value).casefold() == "jumlah total" for value in row)]
    assert total[7] == chosen
    with zipfile.ZipFile(desk.out / "RKP.docx") as archive:
        document = archive.read("word/document.xml").decode()
    printed = f"{chosen:,}".replace(",", ".")
    assert printed in document
    pages = pypdfium2.PdfDocument(desk.out / "RKP.pdf")
    assert any(printed in page.get_textpage().get_text_range() for page in pages)
    assert "urutan bawaan, bukan urutan hukum" in document
    assert "Belum ada musyawarah yang memberi skor" in document
    assert "Koperasi Desa Merah Putih" in document


def test_money_from_two_sources_prints_as_two_lines_under_one_item(desk):
    code, _ = desk.run()
    assert code == 0
    assert [(row["terpilih"], row["sumber"]) for row in desk.reasons()] == [("ya", "DDS"), ("ya", "DDS;ADD")]
    money = [(row[7], row[8]) for row in desk.matrix() if row[8] in ("DDS", "ADD")]
    assert money == [(6_000_000, "DDS"), (2_000_000, "DDS"), (3_000_000, "ADD")]


def test_the_same_input_gives_the_same_files(desk):
    desk.run()
    first = {name: (desk.out / name).read_bytes() for name in FILES}
    desk.run()
    assert {name: (desk.out / name).read_bytes() for name in FILES} == first


def test_scores_of_the_meeting_make_the_order(desk):
    desk.write("pagu.csv", "sumber,jumlah\nDDS,6000000\n")
    desk.run()
    assert [row["terpilih"] for row in desk.reasons()] == ["ya", "tidak"]
    desk.write("skor.csv", "baris,C1,C2,C3,C4,C5\n2,1,1,1,1,1\n3,5,5,5,5,5\n")
    code, _ = desk.run("--skor", desk.folder / "skor.csv")
    assert code == 0
    assert [row["terpilih"] for row in desk.reasons()] == ["tidak", "ya"]
    assert any("skor musyawarah" in str(value) for row in desk.matrix() for value in row)


def test_the_shipped_scores_fit_the_shipped_list(desk):
    files = {"usulan": EXAMPLE / "usulan.xlsx", "pagu": EXAMPLE / "pagu.csv"}
    code, said = desk.run("--skor", EXAMPLE / "skor.csv", **files)
    assert code == 0
    assert not any("Skor ditolak" in line for line in said)
    scored = {row["baris"] for row in desk.reasons() if row["terpilih"] == "ya"}
    desk.run(**files)
    assert scored != {row["baris"] for row in desk.reasons() if row["terpilih"] == "ya"}


def test_a_score_out_of_range_is_named_and_the_rest_stands(desk):
    desk.write("skor.csv", "baris,C1,C2,C3,C4,C5\n2,5,5,5,5,5\n3,1,1,1,1,9\n")
    code, said = desk.run("--skor", desk.folder / "skor.csv")
    assert code == 0
    assert said[0] == "Skor ditolak. Baris 3 kolom F ditolak: skor C5 terbaca “9”. Yang diterima: angka 1 sampai 5."


def test_unreadable_scores_are_wrong_usage_not_a_silent_default(desk):
    desk.write("skor.csv", "baris,C1\n2,5\n")
    code, said = desk.run("--skor", desk.folder / "skor.csv")
    assert (code, len(said), desk.out.exists()) == (2, 1, False)


def test_last_years_plan_becomes_the_evaluation(desk):
    desk.write("lalu.csv", "bidang,uraian,lokasi,biaya,sumber_dana\n2,Drainase RT 02,RW 01,5000000,DDS\n")
    code, said = desk.run("--rkp-lalu", desk.folder / "lalu.csv")
    assert code == 0
    assert "RKP lalu: 1 kegiatan terbaca dari lembar lalu, jumlah Rp5.000.000." in said
    evaluation = openpyxl.load_workbook(desk.out / "RKP.xlsx")["Evaluasi"]
    assert any(cell.value == "Drainase RT 02" for row in evaluation.iter_rows() for cell in row)


def test_a_list_without_any_cost_still_writes_everything(desk):
    desk.write("usulan.csv", "usulan,biaya\nSumur bor,\nJalan dusun,5000-115000\n")
    code, said = desk.run()
    assert (code, said[-1]) == (0, "diterima 2, ditolak 0")
    assert any(line.startswith("Tidak satu pun usulan berbiaya") for line in said)
    assert [(row["terpilih"], row["kode_alasan"]) for row in desk.reasons()] == [("tidak", "BIAYA-KOSONG")] * 2
    assert desk.checks()["terpakai"] == {"DDS": 0, "ADD": 0}
    assert sorted(path.name for path in desk.out.iterdir()) == sorted(FILES)


def test_self_help_and_other_income_pay_only_where_the_list_names_them(desk):
    desk.write("usulan.csv", "usulan,biaya,sumber dana\nSumur bor,1000000,\nJalan dusun,1000000,Swadaya\n")
    desk.write("pagu.csv", "sumber,jumlah\nSWD,5000000\nDLL,5000000\n")
    desk.run()
    assert [(row["terpilih"], row["sumber"]) for row in desk.reasons()] == [("tidak", ""), ("ya", "SWD")]


def test_earmarked_money_is_shown_and_not_shared_out(desk):
    desk.write("pagu.csv", "sumber,jumlah,untuk\nDDS,0,\nDDS,900000000,KDMP\n")
    code, said = desk.run()
    assert code == 0
    assert desk.checks()["pagu"] == {"DDS": 0}
    assert "DDS Rp900.000.000 ditentukan untuk KDMP, tidak dibagi." in said
    assert "Pagu DDS nol: dicatat sebagai nol, jadi tidak membiayai apa pun." in said
    assert {row["terpilih"] for row in desk.reasons()} == {"tidak"}


def test_sources_are_filled_in_their_order(desk):
    desk.write("usulan.csv", "usulan,biaya\nSumur bor,60\n")
    desk.write("pagu.csv", "sumber,jumlah\nPAD,10\nPBP,10\nPBH,10\nADD,10\nDDS,10\nPBK,10\n")
    desk.run()
    assert desk.reasons()[0]["sumber"] == "PBK;DDS;ADD;PBH;PBP;PAD"


def test_hostile_text_stays_whole_text(desk):
    text = '=HYPERLINK(1) <script>alert(1)</script> & "kutip" ' + "panjang" * 40
    sheet = xlsx_bytes([("Usulan", ["Usulan", "Biaya"], [[text, 1_000_000]])])
    desk.write("usulan.xlsx", sheet)
    code, _ = desk.run(usulan="usulan.xlsx")
    assert code == 0
    assert desk.reasons()[0]["usulan"] == f"'{text}"
    book = openpyxl.load_workbook(desk.out / "RKP.xlsx")["RKP"]
    (cell,) = [
        cell for row in book.iter_rows() for cell in row if isinstance(cell.value, str) and "script" in cell.value
    ]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("XYZ,5", "kode sumber “XYZ” tidak dikenal"),
        ("ADD,-5", "minus"),
        ("ADD,", "kosong"),
        ("ADD,lima", "bukan satu angka"),
    ],
)
def test_one_wrong_ceiling_refuses_them_all(desk, line, code):
    desk.write("pagu.csv", f"sumber,jumlah\nDDS,100\n{line}\n")
    exit_code, said = desk.run()
    assert (exit_code, desk.out.exists()) == (1, False)
    assert said[0].startswith("Pagu ditolak. Baris 3 kolom ")
    assert code in said[0]


@pytest.mark.parametrize("desa", ["64.02.02.9999", "99.99.99.9999", "64.02", "ponoragan", "64.72.01.1001"])
def test_an_unknown_village_gives_one_sentence_and_no_file(desk, desa):
    code, said = desk.run(desa=desa)
    assert (code, len(said), desk.left_behind()) == (1, 1, [])
    assert "64.02.02.2006" in said[0]


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 110_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tidak-ada.csv", None, "tidak ditemukan"),
        ("kosong.csv", b"", "kosong"),
        ("judul.csv", b"usulan,biaya\n", "Tidak satu pun"),
        ("lain.csv", b"kode,jumlah\n4.1,500\n", "Tidak ada kolom usulan"),
        ("makro.xlsm", b"PK\x03\x04", "makro"),
        ("lama.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "format"),
        ("halaman.xlsx", b"<html><body>masuk</body></html>", "HTML"),
        ("rusak.xlsx", b"PK\x03\x04 rusak", "rusak"),
        ("surat.pdf", b"%PDF-1.7", "PDF"),
        ("bom.xlsx", bomb, "mengembang"),
        ("biner.csv", bytes(range(256)), "bukan teks"),
    ],
)
def test_a_wrong_list_gives_a_sentence_and_no_file(desk, name, content, words):
    if content is not None:
        desk.write(name, content() if callable(content) else content)
    code, said = desk.run(usulan=name)
    assert code == 1
    assert words in said[-1]
    assert [left for left in desk.left_behind() if left != name] == []


def test_a_list_of_two_hundred_megabytes_is_refused_unread(desk):
    with (desk.folder / "besar.csv").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    code, said = desk.run(usulan="besar.csv")
    assert (code, said) == (1, ["Berkas besar.csv berukuran 200 MB; batasnya 25 MB. Hapus gambar dan lembar lain."])


def test_a_list_with_only_refused_rows_writes_nothing(desk):
    desk.write("usulan.csv", "usulan,biaya\nSumur bor,menyusul\n")
    code, said = desk.run()
    assert (code, desk.out.exists()) == (1, False)
    assert "diterima 0, ditolak 1" in said


def test_an_unknown_sheet_is_named_with_those_there_are(desk):
    code, said = desk.run("--lembar", "Usulan 2030", usulan=EXAMPLE / "usulan.xlsx")
    assert (code, said) == (1, ["Lembar Usulan 2030 tidak ada di usulan.xlsx. Lembar yang ada: Usulan 2027."])


def test_wrong_usage_is_told_apart(desk):
    assert desk.run(tahun="27")[0] == 2
    desk.out.write_text("bukan folder")
    assert desk.run()[0] == 2
    with pytest.raises(SystemExit) as stopped:
        main(["draft-rkp", "--usulan", "x"])
    assert stopped.value.code == 2
    # Rules in which voters pay would choose nothing here: a list of proposals holds no ballots.
    for rule in ("undian", "mes", "phragmen", "mes-repair"):
        with pytest.raises(SystemExit) as stopped:
            desk.run("--aturan", rule)
        assert stopped.value.code == 2


def test_no_server_and_no_database_take_part():
    program = (
        "import sys; from rembuk.cli import main; main(['draft-rkp', '--usulan', 'x', '--pagu', 'x', '--desa', 'x',"
        " '--tahun', '2027', '--out', 'x']); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True).returncode == 0


def test_older_files_of_the_folder_are_replaced_and_others_kept(desk):
    desk.out.mkdir()
    (desk.out / "catatan.txt").write_text("milik desa")
    (desk.out / "RKP.pdf").write_text("lama")
    assert desk.run()[0] == 0
    assert (desk.out / "catatan.txt").read_text() == "milik desa"
    assert (desk.out / "RKP.pdf").read_bytes().startswith(b"%PDF")
    assert desk.left_behind() == ["out"]


def test_when_one_file_cannot_be_moved_in_the_older_ones_stay(tmp_path):
    folder, waiting = tmp_path / "out", tmp_path / "baru"
    folder.mkdir()
    waiting.mkdir()
    (folder / "a").write_text("lama")
    for name in ("a", "b"):
        (waiting / name).write_text("baru")
    with pytest.raises(FileNotFoundError):
        _swap_in(folder, waiting, ["a", "b", "hilang"])
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"a": "lama"}


def test_a_folder_in_the_place_of_a_file_is_wrong_usage(desk):
    (desk.out / "alasan.csv").mkdir(parents=True)
    code, said = desk.run()
    assert (code, len(said), [path.name for path in desk.out.iterdir()]) == (2, 1, ["alasan.csv"])


def test_the_plan_of_this_year_can_be_evaluated_next_year(desk):
    desk.run(usulan=EXAMPLE / "usulan.xlsx", pagu=EXAMPLE / "pagu.csv")
    spent = sum(desk.checks()["terpakai"].values())
    chosen = sum(row["terpilih"] == "ya" for row in desk.reasons())
    last = desk.folder / "rkp-2027.xlsx"
    (desk.out / "RKP.xlsx").rename(last)
    code, said = desk.run("--rkp-lalu", last, tahun="2028")
    assert code == 0
    assert f"RKP lalu: {chosen} kegiatan terbaca dari lembar RKP, jumlah Rp{spent:,}.".replace(",", ".") in [
        line.replace(",", ".") for line in said
    ]
    assert not any("RKP lalu ditolak" in line or "berbeda dari isinya" in line for line in said)
