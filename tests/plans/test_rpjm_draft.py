"""The draft of an RPJM Desa is written cell by cell, refuses in sentences what cannot be, and keeps its origin."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import people, places
from plans.rpjm_given import NOW, add, drafted, opened, values
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle
from rembuk.plans.models import RpjmdesItem, RpjmdesOrigin
from rembuk.plans.paper_values import team_values
from rembuk.plans.queries import active_rpjmdes
from rembuk.plans.rpjm_queries import group_counts, matrix_findings, proposals_followed
from rembuk.plans.rpjm_values import values_of
from rembuk.plans.services import CellEdit, MemberValues, rpjm_steps, save_team, team_findings
from rembuk.plans.services.rpjm_items import (
    edit_rpjm_cells,
    ensure_rpjm_draft,
    remove_rpjm_item,
    save_rpjm_item,
    take_proposals,
)
from rembuk.plans.services.rpjm_policy import PolicyValues, read_policy_line, save_policy
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def secretary(village):
    return people.secretary(village)


@pytest.fixture
def head(village):
    return people.village_head(village)


@pytest.fixture
def chair(village):
    return people.bpd_chair(village)


@pytest.fixture
def draft(village, secretary):
    return drafted(village, secretary)


def cell(item, name, value, base=None, version=None):
    return CellEdit(item.id, name, value, item.version if version is None else version, base)


def edit(draft, secretary, *edits, removals=()):
    return edit_rpjm_cells(rpjmdes_id=draft.id, edits=edits, removals=removals, actor=secretary.hat(), at=NOW)


def fresh(item):
    return RpjmdesItem.objects.get(pk=item.pk)


def test_the_draft_takes_its_years_from_the_cycle_and_is_not_in_force(village, secretary, draft):
    assert (draft.start_year, draft.end_year, draft.state, draft.is_active) == (2026, 2033, "draft", False)
    assert ensure_rpjm_draft(cycle_id=draft.cycle_id, actor=secretary.hat(), at=NOW) == draft
    assert active_rpjmdes(village.id) is None


def test_a_yearly_cycle_has_no_rpjm(village, secretary):
    yearly = open_cycle(village=village, plan_year=2026, actor=secretary.hat(), at=NOW)
    with pytest.raises(RefusedError) as refused:
        ensure_rpjm_draft(cycle_id=yearly.pk, actor=secretary.hat(), at=NOW)
    assert refused.value.code == "rpjm-no-cycle"


def test_the_cost_of_an_activity_is_the_sum_of_its_years(draft, secretary):
    item = add(draft, secretary, **{"amount:2027": "2.500.000"})
    assert (item.years, item.cost) == (list(range(2026, 2034)), 72_500_000)
    assert item.year_costs["2027"] == 2_500_000
    assert values_of(fresh(item)) == values(draft.period, **{"amount:2027": "2500000"})


def test_one_cell_is_saved_alone_and_undone_with_what_came_back(draft, secretary):
    item = add(draft, secretary)
    done = edit(draft, secretary, cell(item, "amount:2030", "25.000.000", base="10000000"))
    assert (fresh(item).year_costs["2030"], fresh(item).cost, fresh(item).version) == (25_000_000, 95_000_000, 2)
    edit(draft, secretary, *done.undo)
    assert fresh(item).cost == 80_000_000


def test_an_empty_year_is_no_longer_planned_and_a_tick_plans_it_without_a_figure(draft, secretary):
    item = add(draft, secretary)
    edit(draft, secretary, cell(item, "amount:2026", ""), cell(item, "amount:2027", "v"))
    assert fresh(item).years == list(range(2027, 2034))
    assert "2027" not in fresh(item).year_costs
    assert ["RPJM-BAGI" in finding.code for finding in matrix_findings(draft)] == [True, False]


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("amount:2034", "1000000", "Tahun 2034 di luar periode 2026 sampai 2033"),
        ("amount:2030", "12,5 juta lebih", ""),
        ("total", "90000000", "tidak sama dengan jumlah biaya per tahun, 80000000"),
        ("name", " ", ""),
        ("source", "Dana Hibah Antah", ""),
        ("size", "banyak 1,2,3,4", ""),
        ("sdgs", "99", ""),
        ("delivery_mode", "gotong", ""),
        ("location", "<script>", ""),
    ],
)
def test_a_cell_that_cannot_be_is_refused_in_a_sentence_and_nothing_is_kept(draft, secretary, name, typed, words):
    item = add(draft, secretary)
    if name == "size":
        edit(draft, secretary, cell(item, name, typed))
        assert fresh(item).unit == typed
        return
    with pytest.raises(BadInputError) as refused:
        edit(draft, secretary, cell(item, "location", "Hulu"), cell(item, name, typed))
    told = refused.value.values["problems"]
    assert [row.field for row in told] == [name]
    assert told[0].sentence.endswith(".") and words in told[0].sentence
    assert fresh(item).location == "Dusun Hilir"


def test_two_people_in_one_row_clash_only_in_the_same_cell(draft, secretary):
    item = add(draft, secretary)
    edit(draft, secretary, cell(item, "location", "Dusun Hulu"))
    edit(draft, secretary, cell(item, "target", "Semua warga", base="Warga Dusun Hilir", version=1))
    with pytest.raises(StaleError) as refused:
        edit(draft, secretary, cell(item, "location", "Dusun Tengah", base="Dusun Hilir", version=1))
    clash = refused.value.values["conflicts"][0]
    assert (clash.yours, clash.theirs) == ("Dusun Tengah", "Dusun Hulu")


def test_a_pasted_row_makes_an_activity_and_the_same_key_in_another_plan_is_refused(draft, secretary):
    key = uuid4()
    done = edit(draft, secretary, CellEdit(key, "name", "Posyandu", 0), CellEdit(key, "amount:2028", "5000000", 0))
    assert done.created == (key,)
    assert RpjmdesItem.objects.get(pk=key).years == [2028]
    other = places.village("64.02.18.2101", "Desa Seberang", "DSB")
    theirs = drafted(other, people.secretary(other))
    with pytest.raises(RefusedError):
        edit(theirs, people.holder(Role.TIM, other), CellEdit(key, "name", "Diambil", 1))


@pytest.mark.parametrize(
    ("role", "allowed"), [(Role.SDK, True), (Role.TIM, True), (Role.KAD, False), (Role.BPD, False), (Role.STF, False)]
)
def test_who_may_write_the_matrix(draft, village, role, allowed):
    who = people.holder(role, village, username=f"tulis.{role.value.lower()}")
    if allowed:
        assert add(draft, who).name == "Titian ulin"
    else:
        with pytest.raises(NotAllowedError):
            add(draft, who)


def test_one_budget_over_two_years_blocks_the_approval(draft, secretary, head):
    add(draft, secretary)
    item = add(draft, secretary, name="Jalan tani", location="Dusun Hulu", **{f"amount:{y}": "" for y in draft.period})
    edit(draft, secretary, cell(item, "amount:2027", "v"), cell(item, "amount:2028", "v"))
    edit(draft, secretary, cell(fresh(item), "total", "90000000"))
    with pytest.raises(RefusedError) as refused:
        rpjm_steps.approve_rpjm(rpjmdes_id=draft.id, note="", actor=head.hat(), at=NOW)
    assert [finding.code for finding in refused.value.findings] == ["RPJM-BAGI"]
    assert "Jalan tani" in refused.value.findings[0].message


def test_an_empty_matrix_and_years_without_an_activity_block(draft, secretary, head):
    with pytest.raises(RefusedError) as refused:
        rpjm_steps.approve_rpjm(rpjmdes_id=draft.id, note="", actor=head.hat(), at=NOW)
    assert [finding.code for finding in refused.value.findings] == ["G03"]
    add(draft, secretary, **{"amount:2029": "", "amount:2031": ""})
    with pytest.raises(RefusedError) as refused:
        rpjm_steps.approve_rpjm(rpjmdes_id=draft.id, note="", actor=head.hat(), at=NOW)
    assert "2029, 2031" in refused.value.findings[0].message


def test_an_activity_leaves_the_draft_and_an_old_version_is_told(draft, secretary):
    item = add(draft, secretary)
    edit(draft, secretary, cell(item, "location", "Hulu"))
    with pytest.raises(StaleError):
        remove_rpjm_item(item_id=item.id, version=1, actor=secretary.hat(), at=NOW)
    remove_rpjm_item(item_id=item.id, version=2, actor=secretary.hat(), at=NOW)
    assert RpjmdesItem.objects.count() == 0


def test_the_same_activity_again_changes_nothing(draft, secretary):
    key = uuid4()
    add(draft, secretary, key)
    again = add(draft, secretary, key)
    assert (RpjmdesItem.objects.count(), again.version) == (1, 1)
    with pytest.raises(StaleError):
        save_rpjm_item(
            rpjmdes_id=draft.id,
            item_id=key,
            values=values(draft.period, location="Hulu"),
            version=0,
            actor=secretary.hat(),
            at=NOW,
        )


def proposal(village, number, title, **fields):
    made = {"state": "ranked", "number": number, "title": title, "captured_at": NOW, "submitted_at": NOW}
    with setting_up():
        return Proposal.objects.create(village=village, **(made | fields))


def test_proposals_become_activities_and_the_plan_says_what_became_of_the_groups(draft, secretary, village):
    women = proposal(
        village, "MLT-27-0001", "Rumah pangan", proposer_group="Kelompok Perempuan Sungai", cost=40_000_000
    )
    poor = proposal(village, "MLT-27-0002", "Bedah rumah", groups=["MISKIN"])
    proposal(village, "MLT-27-0003", "Turnamen", proposer_group="Karang Taruna")
    made = take_proposals(rpjmdes_id=draft.id, proposal_ids=[women.id, poor.id], actor=secretary.hat(), at=NOW)
    assert [(item.name, item.cost, item.years) for item in made] == [
        ("Rumah pangan", 40_000_000, []),
        ("Bedah rumah", None, []),
    ]
    again = take_proposals(rpjmdes_id=draft.id, proposal_ids=[women.id], actor=secretary.hat(), at=NOW)
    assert again == []
    followed = proposals_followed(draft)
    assert followed[0].proposal.title == "Turnamen"
    assert group_counts(followed) == [
        ("Perempuan", 1, 1),
        ("Warga miskin", 1, 1),
        ("Penyandang disabilitas", 0, 0),
        ("Pemuda", 1, 0),
        ("Masyarakat adat", 0, 0),
    ]
    assert RpjmdesOrigin.objects.count() == 2


def test_a_proposal_of_another_village_is_refused(draft, secretary):
    other = places.village("64.02.18.2101", "Desa Seberang", "DSB")
    foreign = proposal(other, "DSB-27-0001", "Pasar")
    with pytest.raises(RefusedError):
        take_proposals(rpjmdes_id=draft.id, proposal_ids=[foreign.id], actor=secretary.hat(), at=NOW)
    assert RpjmdesItem.objects.count() == 0


def test_an_empty_list_of_programmes_needs_a_reason(draft, secretary):
    def save(lines, note, version):
        return save_policy(rpjmdes_id=draft.id, lines=lines, note=note, version=version, actor=secretary.hat(), at=NOW)

    with pytest.raises(BadInputError) as refused:
        save([], " ", 1)
    assert refused.value.code == "rpjm-policy-empty"
    assert save([], "Belum ada program kabupaten.", 1).policy_note == "Belum ada program kabupaten."
    made = save([PolicyValues("kabupaten", 2, "Jalan kabupaten", amount=900)], "", 2)
    assert [line.name for line in made.policy_lines.all()] == ["Jalan kabupaten"]
    with pytest.raises(StaleError):
        save([], "lama", 2)


def test_a_programme_line_names_what_it_cannot_read():
    typed = {"origin": "kabupaten", "field": "2", "name": "Jalan", "year": "2050", "amount": "sejuta"}
    line, problems = read_policy_line(typed, 3, range(2026, 2034))
    assert line is None
    assert [(problem.row, problem.code) for problem in problems] == [(3, "outside-period"), (3, "uang-kata")]


def test_the_matrix_opens_and_saves_in_a_constant_number_of_queries(draft, secretary):
    client, counts = people.signed_in(secretary), []
    address = f"/rencana/siklus/{draft.cycle_id}/rpjm/"
    for number in (1, 40):
        with setting_up():
            columns = values(draft.period).columns
            RpjmdesItem.objects.bulk_create(
                [
                    RpjmdesItem(rpjmdes=draft, **(columns | {"name": f"Kegiatan {number}.{row}"}))
                    for row in range(number)
                ]
            )
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert page.count("data-first") == 41
    item = RpjmdesItem.objects.order_by("name").first()
    body = {"cells": [{"item": str(item.id), "field": "amount:2027", "value": "7", "version": 1, "base": "10000000"}]}
    answer = client.post(address + "sel/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    told = answer.json()
    assert list(told["items"]) == [str(item.id)]
    assert told["total"] == 41 * 80_000_000 - 10_000_000 + 7


def test_both_families_show_their_columns_and_the_file_holds_what_is_shown(draft, secretary):
    add(draft, secretary, **{"target_year:2027": "60 m"})
    add(draft, secretary, activity_code="4.1.4", name="Pelatihan", location="Desa")
    client = people.signed_in(secretary)
    address = f"/rencana/siklus/{draft.cycle_id}/rpjm/"
    assert "Target 2027" not in client.get(address).content.decode()
    page = client.get(address + "?varian=b").content.decode()
    assert "Target 2027" in page and "60 m" in page
    lines = client.get(address + "rpjm.csv?bidang=4").content.decode().splitlines()
    assert len(lines) == 2 and "Pelatihan" in lines[1]


def test_a_form_keeps_what_was_typed(draft, secretary):
    client = people.signed_in(secretary)
    form = {"kunci": str(uuid4()), "versi": "0", "name": "Sumur bor", "amount:2027": "banyak", "source": "DDS"}
    answer = client.post(f"/rencana/siklus/{draft.cycle_id}/rpjm/kegiatan-baru/", form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Sumur bor" in page and 'value="banyak"' in page
    assert RpjmdesItem.objects.count() == 0


def approved(draft, head):
    return rpjm_steps.approve_rpjm(rpjmdes_id=draft.id, note="", actor=head.hat(), at=NOW)


def test_a_returned_draft_says_why_and_is_taken_up_again(draft, secretary, head):
    add(draft, secretary)
    with pytest.raises(BadInputError):
        rpjm_steps.return_rpjm(rpjmdes_id=draft.id, reason=" ", actor=head.hat(), at=NOW)
    back = rpjm_steps.return_rpjm(rpjmdes_id=draft.id, reason="Biaya jalan terlalu kecil.", actor=head.hat(), at=NOW)
    assert (back.state, back.return_reason) == ("returned", "Biaya jalan terlalu kecil.")
    with pytest.raises(RefusedError):
        add(draft, secretary, name="Tambahan")
    assert rpjm_steps.revise_rpjm(rpjmdes_id=draft.id, actor=secretary.hat(), at=NOW).state == "draft"
    add(draft, secretary, name="Tambahan")


def test_what_musrenbang_agreed_is_applied_or_explained_before_the_final_draft(draft, secretary, head):
    add(draft, secretary)
    approved(draft, head)
    rpjm_steps.hold_rpjm_musrenbang(rpjmdes_id=draft.id, on=date(2026, 9, 18), actor=head.hat(), at=NOW)
    change = rpjm_steps.add_rpjm_change(rpjmdes_id=draft.id, text="Tambah posyandu", actor=secretary.hat(), at=NOW)
    with pytest.raises(RefusedError) as refused:
        rpjm_steps.finalise_rpjm(rpjmdes_id=draft.id, actor=secretary.hat(), at=NOW)
    assert "Tambah posyandu" in refused.value.findings[0].message
    answer = {"change_id": change.id, "actor": secretary.hat(), "at": NOW}
    with pytest.raises(BadInputError):
        rpjm_steps.answer_rpjm_change(answer="explained", explanation="", **answer)
    rpjm_steps.answer_rpjm_change(answer="explained", explanation="Sudah ada di desa tetangga.", **answer)
    assert rpjm_steps.finalise_rpjm(rpjmdes_id=draft.id, actor=secretary.hat(), at=NOW).state == "final"


def test_pages_open_and_acts_answer(draft, secretary, head, chair, village):
    add(draft, secretary)
    root = f"/rencana/siklus/{draft.cycle_id}/rpjm/"
    reader, boss = people.signed_in(secretary), people.signed_in(head)
    for part in ("", "usulan/", "program/", "langkah/", "kegiatan-baru/", "rpjm.xlsx"):
        assert reader.get(root + part).status_code == 200
    assert boss.post(root + "setujui/", {"catatan": "Baik"}).status_code == 302
    assert boss.post(root + "musrenbang/", {"tanggal": "2026-09-18"}).status_code == 302
    assert reader.post(root + "rancangan-akhir/").status_code == 302
    refused = people.signed_in(chair).post(root + "kesepakatan-bpd/", {"nomor_bpd": "", "tanggal_bpd": ""})
    assert refused.status_code == 400
    assert "Keputusan BPD" in refused.content.decode()
    early = boss.post(root + "tetapkan/", {"nomor": "5", "tanggal": "2026-09-19", "diundangkan": "2026-09-19"})
    assert early.status_code == 409
    assert reader.post(root + "setujui/").status_code == 403


def test_a_cycle_without_a_draft_offers_to_open_it(village, secretary):
    cycle = opened(village, secretary)
    client, root = people.signed_in(secretary), f"/rencana/siklus/{cycle.pk}/rpjm/"
    assert "Buka rancangan RPJM Desa" in client.get(root).content.decode()
    assert client.post(root + "buka/").status_code == 302
    assert client.get(root).status_code == 200


def test_the_team_of_an_rpjm_is_named_for_its_period(draft, secretary, head):
    members = [
        MemberValues(name, "P" if name in "CDF" else "L", "TOMAS", position=position)
        for name, position in zip("ABCDEFG", ("chair", "secretary", *["member"] * 5), strict=True)
    ]
    kept = {"cycle_id": draft.cycle_id, "version": 0, "actor": head.hat(), "at": NOW}
    team = save_team(kind="drafting", members=members, **kept)
    assert team_findings(team) == []
    with pytest.raises(BadInputError):
        save_team(kind="verification", members=members, **kept)
    values = team_values(team.id, dated=date(2026, 9, 1))
    assert (values.kind, values.subject_year) == ("rpjmdes", "Periode 2026-2033")
    page = people.signed_in(head).get(f"/rencana/siklus/{draft.cycle_id}/tim/").content.decode()
    assert "Tim penyusun RPJM Desa" in page and "Tim verifikasi" not in page
