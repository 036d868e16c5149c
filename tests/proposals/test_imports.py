import io

import pytest
from xlsxwriter import Workbook

from proposals.given import NOW
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.proposals import services
from rembuk.proposals.models import ImportBatch, Proposal
from rembuk.proposals.services import imports

HEAD = ("No", "Usulan Kegiatan", "Dusun", "Volume", "Satuan", "Penerima Manfaat", None, None, "]", "Sumber Dana")
UNDER = (None, None, None, None, None, "LK", "PR", "A-RTM", None, None)
ROWS = (
    (1, "Rehab jembatan ulin RT 01", "Hulu", 86, "meter", 142, 131, 46, "Rp 118.700.000,-", "DDS"),
    (2, "Sumur bor RT 02", "DUSUN TENGAH", "2 unit", None, None, None, None, 45_000_000, "ADD"),
    (3, "Lampu jalan dermaga", "Sebrang", 4, "unit", None, None, None, "12.000.000", "ADD"),
    (4, "Pelatihan tani", "Hilir", 1, "paket", None, None, None, "5000000-7500000", None),
    (5, "Posyandu lansia", "Hilir", 1, "paket", None, None, None, "Rp 12,5 jt", "ADD"),
    (6, "Titian RT 03", "RT 03", 40, "meter", None, None, None, None, "PBK"),
    (7, "<script>alert(1)</script> perahu", "Hulu", 1, "unit", None, None, None, 1_000_000, None),
    (8, "Pagar makam", "Hulu", 1, "paket", None, None, None, "-4000000", None),
    (9, "Mesin ketinting kelompok nelayan", "Hulu", 3, "unit", None, None, None, "1000,50", None),
    (10, "x" * 450, None, None, None, None, None, None, 2_000_000, None),
    ("JUMLAH", None, None, None, None, None, None, None, 999_999_999, None),
)


def messy(rows=ROWS, head=HEAD, under=UNDER):
    """A workbook as a village makes it: a title, a heading of two rows with merged cells, a row of sums."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("DAFTAR")
    sheet.write_string(0, 0, "DAFTAR USULAN DESA MELINTANG TAHUN 2027")
    for line, cells in enumerate((head, under, *rows), start=2):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell)
            elif cell is not None:
                sheet.write_number(line, column, cell)
    sheet.merge_range(2, 5, 2, 7, "Penerima Manfaat")
    book.close()
    return out.getvalue()


@pytest.fixture
def upload(village, cycle, hat):
    def take(content=None, name="usulan.xlsx", role="SDK"):
        return imports.upload_list(
            village_id=village.id, content=content or messy(), name=name, actor=hat(role), at=NOW
        )

    return take


@pytest.fixture
def checked(upload, hat):
    def take(content=None, name="usulan.xlsx"):
        batch = upload(content, name)
        return imports.check_list(batch_id=batch.id, mapping=batch.mapping, actor=hat("SDK"), at=NOW)

    return take


def test_the_columns_of_a_messy_workbook_are_guessed_and_shown_before_anything_is_read(upload):
    batch = upload()
    letters = {column["index"]: column["letter"] for column in batch.columns}
    guessed = {role: letters[index] for role, index in batch.mapping.items() if index is not None}
    people = {"men": "F", "women": "G", "poor": "H"}
    assert guessed == {
        "text": "B",
        "hamlet": "C",
        "volume": "D",
        "unit": "E",
        **people,
        "cost": "I",
        "source": "J",
    }
    assert (batch.state, Proposal.objects.count()) == ("read", 0)


def test_the_dry_run_names_row_and_column_of_what_it_refuses_and_stores_no_proposal(checked):
    batch = checked()
    refused = {row["row"]: row["problems"][0] for row in batch.rows if row["state"] == "refused"}
    assert (batch.read_count, batch.refused_count, Proposal.objects.count()) == (5, 5, 0)
    assert sorted(refused) == [7, 9, 11, 12, 13]
    assert refused[7]["column"].startswith("C") and "Hulu, Tengah, Hilir" in refused[7]["sentence"]
    assert refused[9]["column"] == "I" and "12,5 jt" in refused[9]["sentence"]
    assert "HTML" in refused[11]["sentence"]


def test_saving_stores_the_readable_rows_as_sent_proposals_with_running_numbers(checked, hat, hamlets):
    batch = checked()
    imports.save_list(batch_id=batch.id, actor=hat("SDK"), at=NOW)
    made = list(Proposal.objects.order_by("number"))
    assert [p.number for p in made] == [f"MLT-27-000{n}" for n in range(1, 6)]
    bridge, well, training, path, long = made
    assert (bridge.hamlet, bridge.cost) == (hamlets[0], 118_700_000)
    assert (bridge.beneficiaries_poor, bridge.sources_allowed) == (46, ["DDS"])
    assert (well.hamlet, well.volume, well.unit) == (hamlets[1], 2, "unit")
    assert (training.cost, training.cost_text) == (None, "5000000-7500000")
    assert (path.rt.number, path.hamlet) == ("03", hamlets[2])
    assert len(long.title) <= 300 and long.problem == "x" * 450
    assert {p.state for p in made} == {"sent"} and {p.origin for p in made} == {"import"}
    assert all(p.steps.count() == 1 for p in made)


def test_saving_again_doubles_nothing(checked, hat):
    batch = checked()
    imports.save_list(batch_id=batch.id, actor=hat("SDK"), at=NOW)
    with pytest.raises(RefusedError, match="import-done"):
        imports.save_list(batch_id=batch.id, actor=hat("SDK"), at=NOW)
    assert Proposal.objects.count() == 5


def test_a_save_that_died_half_way_starts_again_from_the_same_keys(checked, hat, cycle):
    batch = checked()
    lines = imports.lines_of(ImportBatch.objects.get(pk=batch.id), imports.no_progress)
    services.create_many(
        village_id=batch.village_id, lines=lines[:2], origin="import", act="proposals.import", actor=hat("SDK"), at=NOW
    )
    imports.save_list(batch_id=batch.id, actor=hat("SDK"), at=NOW)
    assert Proposal.objects.count() == 5


def test_the_same_file_twice_is_refused_until_the_first_is_dropped(upload, hat):
    content = messy()
    first = upload(content)
    with pytest.raises(RefusedError, match="import-duplicate"):
        upload(content)
    imports.drop_list(batch_id=first.id, actor=hat("SDK"), at=NOW)
    assert upload(content).state == "read"


def test_a_person_may_choose_other_columns_and_without_a_text_column_nothing_is_read(upload, hat):
    batch = upload()
    with pytest.raises(RefusedError, match="import-no-title"):
        imports.check_list(batch_id=batch.id, mapping={**batch.mapping, "text": None}, actor=hat("SDK"), at=NOW)
    again = imports.check_list(
        batch_id=batch.id, mapping={**batch.mapping, "cost": None, "hamlet": None}, actor=hat("SDK"), at=NOW
    )
    assert again.refused_count == 1


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"%PDF-1.4", "usulan.pdf", "berkas-pdf"),
        (b"PK\x03\x04rusak", "usulan.xlsx", "berkas-rusak"),
        (b"usulan\n", "usulan.xlsm", "berkas-makro"),
        (b"<html><table>", "usulan.csv", "berkas-html"),
        (b"   ", "usulan.csv", "berkas-kosong"),
    ],
)
def test_a_wrong_file_is_called_by_its_name_and_nothing_is_kept(upload, content, name, code):
    with pytest.raises(BadInputError) as caught:
        upload(content, name)
    assert caught.value.code == code
    assert ImportBatch.objects.count() == 0


def test_a_csv_is_read_like_a_workbook(checked, hat):
    batch = checked(b"usulan;dusun;biaya\nSumur bor;Hulu;45.000.000\nParit;;Rp 1.000.000,-\n", "usulan.csv")
    imports.save_list(batch_id=batch.id, actor=hat("SDK"), at=NOW)
    assert list(Proposal.objects.order_by("number").values_list("title", "cost")) == [
        ("Sumur bor", 45_000_000),
        ("Parit", 1_000_000),
    ]


def test_others_may_not_import(upload, village, cycle):
    for role in ("BPD", "RTK", "VRF", "LKD"):
        with pytest.raises(NotAllowedError):
            upload(role=role)


def test_a_village_without_hamlets_keeps_what_a_list_calls_the_place(checked, hat, village):
    village.rts.all().delete()
    village.hamlets.all().delete()
    batch = checked(b"usulan;dusun\nSumur bor;Dusun Seberang\n", "usulan.csv")
    imports.save_list(batch_id=batch.id, actor=hat("SDK"), at=NOW)
    assert Proposal.objects.get().location_text == "Dusun Seberang"
