"""Adopting in one act: plan, minutes, answers; and what refuses it."""

import pytest

from budgeting.given import LATER, NOW, hall
from rembuk.budgeting import services
from rembuk.budgeting.choice import Choice
from rembuk.budgeting.models import AllocationRun
from rembuk.core.errors import RefusedError
from rembuk.deliberation.models import Decision, Meeting
from rembuk.funding.models import Ceiling
from rembuk.plans.models import RkpdesItem
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def adopted(cycle, run, three, hat):
    """Adopt a run of a hall that took the third proposal in against the count; returns run and meeting."""

    def make(choice=Choice(floor=80, weights=(5, 0, 3, 1, 2))):  # frozen
        meeting = hall(cycle, lot_seed="perahu", lot_drawn_at=NOW)
        made = run(meeting_id=meeting.pk, choice=choice)
        made = services.override(
            run_id=made.pk, proposal_id=three[2].pk, direction="in", reason="Hampir putus", actor=hat("KAD"), at=NOW
        )
        services.adopt_run(run_id=made.pk, note="Disepakati", actor=hat("KAD"), at=LATER)
        return AllocationRun.objects.get(pk=made.pk), Meeting.objects.get(pk=meeting.pk)

    return make


def section(meeting):
    return meeting.minutes["allocation"]["text"].splitlines()


def test_the_minutes_carry_rule_settings_lot_decisions_money_and_list(adopted):
    run, meeting = adopted()
    assert section(meeting) == [
        "Cara memilih: Nilai tertinggi",
        "Yang dihitung: Belum ada musyawarah yang memberi skor; dipakai urutan bawaan, bukan urutan hukum.",
        "Bobot C1 sampai C5: Dirasakan banyak orang 5, Parah atau mendesak 0, Menghambat penghasilan 3, "
        "Sering berulang 1, Ada cara memecahkannya 2",
        "Bagian terkecil tiap dusun: 80 % dari bagian jiwa",
        "Benih undian: perahu",
        "Keputusan musyawarah: memasukkan MLT-27-0003 Titian ulin RT 03, karena Hampir putus",
        "Dana Desa (APBN): terpakai Rp200.000.000 dari Rp250.000.000, sisa Rp50.000.000.",
        "1. MLT-27-0001 Titian ulin RT 01: DDS Rp100.000.000",
        "2. MLT-27-0003 Titian ulin RT 03: DDS Rp100.000.000",
        f"Sidik hitungan (SHA-256): {run.digest}.",
    ]
    (decision,) = Decision.objects.filter(meeting=meeting)
    assert decision.text == (
        "Menyepakati 2 dari 3 usulan senilai Rp200.000.000 masuk RKP 2027 dengan cara Nilai tertinggi, "
        f"menurut hitungan bersidik {run.digest[:12]}."
    )


def test_plan_minutes_and_answers_follow_in_one_act(adopted, cycle, three):
    adopted()
    names = sorted(RkpdesItem.objects.filter(plan__cycle=cycle).values_list("name", flat=True))
    assert names == ["Titian ulin RT 01", "Titian ulin RT 03"]
    told = {row.number: (row.state, row.reason_code) for row in Proposal.objects.filter(cycle=cycle)}
    assert told == {
        "MLT-27-0001": ("ranked", ""),
        "MLT-27-0002": ("shelved", "ALOK-02"),
        "MLT-27-0003": ("ranked", ""),
    }


def test_what_the_hall_left_out_is_printed_and_told_with_its_own_reason(cycle, run, three, hat):
    meeting = hall(cycle)
    made = services.override(
        run_id=run(meeting_id=meeting.pk).pk,
        proposal_id=three[0].pk,
        direction="out",
        reason="Dikerjakan PUPR",
        actor=hat("KAD"),
        at=NOW,
    )
    services.adopt_run(run_id=made.pk, actor=hat("KAD"), at=LATER)
    meeting.refresh_from_db()
    line = "Keputusan musyawarah: tidak memasukkan MLT-27-0001 Titian ulin RT 01, karena Dikerjakan PUPR"
    assert section(meeting)[3] == line
    told = Proposal.objects.get(pk=three[0].pk)
    assert (told.state, told.reason_code, told.reason_text) == ("shelved", "ALOK-07", "Dikerjakan PUPR")


def test_nothing_is_half_done_when_the_minutes_are_signed_already(cycle, run, three, hat):
    meeting = hall(cycle)
    made = run(meeting_id=meeting.pk)
    with setting_up():
        Meeting.objects.filter(pk=meeting.pk).update(
            state="signed", ended_at=LATER, signed_at=LATER, minutes_date=LATER.date()
        )
    with pytest.raises(RefusedError) as refused:
        services.adopt_run(run_id=made.pk, actor=hat("KAD"), at=LATER)
    assert refused.value.code == "minutes-signed"
    assert not RkpdesItem.objects.filter(plan__cycle=cycle).exists()
    assert set(Proposal.objects.filter(cycle=cycle).values_list("state", flat=True)) == {"checked"}
    assert AllocationRun.objects.get(pk=made.pk).adopted_at is None


@pytest.mark.parametrize("change", ["ceiling", "cost", "tie", "seed"])
def test_what_changed_since_the_count_is_counted_again_first(cycle, run, three, hat, change):
    meeting = hall(cycle)
    made = run(meeting_id=meeting.pk)
    with setting_up():
        if change == "ceiling":
            Ceiling.objects.filter(earmark="").update(amount=150_000_000)
        elif change == "cost":
            Proposal.objects.filter(pk=three[0].pk).update(cost=90_000_000)
        elif change == "seed":
            Meeting.objects.filter(pk=meeting.pk).update(lot_seed="perahu", lot_drawn_at=NOW)
        else:
            services.link_proposals(
                cycle_id=cycle.pk, kind="excludes", one_id=three[0].pk, other_id=three[1].pk, reason="Tahap",
                actor=hat("SDK"), at=NOW,
            )  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        services.adopt_run(run_id=made.pk, actor=hat("KAD"), at=LATER)
    assert refused.value.code == "run-stale"
    assert not Decision.objects.exists()


def test_the_minutes_are_indonesian_whatever_language_the_chair_reads(adopted, settings):
    from django.utils import translation

    with translation.override("en"):
        _run, meeting = adopted(Choice())
    assert section(meeting)[0] == "Cara memilih: Nilai tertinggi"
