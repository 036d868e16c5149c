import json

import pytest

from rembuk.cli import main


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["suggest", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_each_row_gives_one_json_line_in_the_order_of_the_file(tmp_path, capsys):
    source = tmp_path / "usulan.csv"
    source.write_text("no,text\n1,Rehab jembatan desa\n2,\n3,Turnamen voli\n", encoding="utf-8-sig")
    code, out, _ = run(capsys, str(source), "--kolom", "text", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["baris"] for row in rows] == [1, 2, 3]
    assert [row["kode"][:1] for row in rows] == [["2.3.13"], [], ["3.3.03"]]
    assert [sorted(row) for row in rows] == [["baris", "keadaan", "kode", "sebab"]] * 3
    assert rows[1]["keadaan"] == "belum yakin"


def test_without_json_the_lines_are_for_people(tmp_path, capsys):
    source = tmp_path / "usulan.csv"
    source.write_text("text\nBagus\n", encoding="utf-8")
    assert run(capsys, str(source), "--kolom", "text") == (0, "1\t-\tbelum yakin\ttidak ada kata yang dikenal\n", "")


@pytest.mark.parametrize(
    "content",
    [
        "no;Text \n1;Rehab jembatan\n",
        "no\ttext\n1\tRehab jembatan\n",
        'no,text\n1,"Rehab\njembatan"\n',
        'no,text\n1,"Rehab" jembatan\n',
        "no,text\r\n1,Rehab jembatan\r\n\r\n",
        "no,text\n1,Rehab\u2028jembatan\n",
    ],
)
def test_the_shapes_of_csv_that_people_make_are_read(tmp_path, capsys, content):
    source = tmp_path / "usulan.csv"
    source.write_bytes(content.encode())
    code, out, _ = run(capsys, str(source), "--kolom", "text", "--json")
    assert code == 0
    assert [json.loads(line)["kode"][0] for line in out.splitlines()] == ["2.3.13"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas usulan.csv kosong; yang dapat dibaca: CSV dengan baris judul kolom."),
        (b"no,uraian\n1,x\n", 'Kolom "text" tidak ada di usulan.csv; kolom yang ada: no, uraian.'),
        (b"text\n", "Berkas usulan.csv hanya berisi judul kolom; tidak ada baris yang dapat dibaca."),
        (b"PK\x03\x04\xff\xfe", "Berkas usulan.csv bukan teks UTF-8; simpan ulang sebagai CSV UTF-8."),
        (b'text\n"Rehab', "Berkas usulan.csv bukan CSV yang utuh: ada tanda kutip yang tidak ditutup."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, capsys, content, sentence):
    source = tmp_path / "usulan.csv"
    source.write_bytes(content)
    assert run(capsys, str(source), "--kolom", "text", "--json") == (1, "", sentence + "\n")


def test_a_missing_file_is_refused_by_name(tmp_path, capsys):
    missing = tmp_path / "tidak-ada.csv"
    assert run(capsys, str(missing), "--kolom", "text") == (1, "", f"Berkas {missing} tidak ditemukan.\n")


def test_leaving_out_the_column_is_wrong_usage(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(capsys, str(tmp_path / "usulan.csv"))
    assert stopped.value.code == 2
