"""What a hat has to do about trainings: name people, decide, take an open test, look at behaviour, sign."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.guidance.enrolment import EnrolmentState
from rembuk.core.hat import Hat, Role
from rembuk.cycles.duties import Duty
from rembuk.guidance.training.models import AnswerSheet, BatchTest, Certificate, Enrolment
from rembuk.guidance.training.permissions import OBSERVERS, STAFF
from rembuk.guidance.training.queries import batches_seen_by, certificates_seen_by, rules_of, to_observe
from rembuk.guidance.training.queries.batches import PRESENT_STATES
from rembuk.regions.models import Regency

NOMINATING = frozenset({Role.KAD, Role.CAM})


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return the duties of *hat*, but for its own open tests. Four queries at most; none for most roles."""
    found: list[Duty] = []
    if hat.role in NOMINATING:
        found += nominations(hat, today)
    if hat.role in STAFF:
        found += decisions(hat)
    if hat.role in OBSERVERS and hat.place.regency:
        found += observations(hat, today)
    if hat.role is Role.KDP:
        found += signatures(hat)
    return found


def days_left(due: date | None, today: date) -> int | None:
    return (due - today).days if due is not None else None


def tests_of(hat: Hat, _today: date) -> "QuerySet[BatchTest]":
    """Return the tests that are open and that the person has not handed in."""
    mine = Enrolment.objects.filter(person_id=hat.person_id, state__in=PRESENT_STATES).values("batch_id")
    handed = AnswerSheet.objects.filter(enrolment__person_id=hat.person_id, handed_in_at__isnull=False)
    rows = BatchTest.objects.filter(
        batch_id__in=mine, opened_at__isnull=False, closed_at__isnull=True, phase__in=("pre", "post")
    )
    return rows.exclude(pk__in=handed.values("test_id")).select_related("batch").order_by("opened_at", "id")


def open_tests(hat: Hat, today: date) -> list[Duty]:
    """Return one duty for each test that waits for the person. One query."""
    return [
        Duty(
            title=_("%(phase)s: %(title)s") % {"phase": test.get_phase_display(), "title": test.batch.title},
            link=reverse("training:take", args=(test.pk,)),
            button=_("Kerjakan tes"),
            state="due",
            key=f"test:{test.pk}",
        )
        for test in tests_of(hat, today)
    ]


def nominations(hat: Hat, today: date) -> list[Duty]:
    """Batches open for names to which the hat's place has sent nobody yet. One query."""
    here = (
        Q(enrolments__village_id=hat.place.village)
        if hat.place.village
        else Q(enrolments__district_id=hat.place.district)
    )
    rows = batches_seen_by(hat).filter(state="OPEN").annotate(sent=Count("enrolments", filter=here)).filter(sent=0)
    return [
        Duty(
            title=_("Calonkan peserta: %(title)s") % {"title": batch.title},
            link=reverse("training:nominate", args=(batch.pk,)),
            button=_("Calonkan peserta"),
            due=batch.enrol_until,
            days_left=days_left(batch.enrol_until, today),
            state="late" if batch.enrol_until and batch.enrol_until < today else "due",
            key=f"nominate:{batch.pk}",
        )
        for batch in rows[:3]
    ]


def decisions(hat: Hat) -> list[Duty]:
    """Batches with names that nobody has decided about. One query."""
    waiting = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.NOMINATED.value))
    rows = batches_seen_by(hat).filter(state="OPEN").annotate(waiting=waiting).filter(waiting__gt=0)
    return [
        Duty(
            title=_("Putuskan calon: %(title)s") % {"title": batch.title},
            link=reverse("training:people", args=(batch.pk,)),
            button=_("Buka daftar calon"),
            missing=(ngettext("%(n)d calon menunggu", "%(n)d calon menunggu", batch.waiting) % {"n": batch.waiting},),
            key=f"decide:{batch.pk}",
        )
        for batch in rows[:3]
    ]


def observations(hat: Hat, today: date) -> list[Duty]:
    """People whose work in the village is to be looked at now. Two queries."""
    regency = Regency.objects.get(pk=hat.place.regency)
    waiting = [one for one in to_observe(hat, rules_of(regency), today) if one.seen is None and one.last >= today]
    if not waiting:
        return []
    due = waiting[0].last
    words = ngettext("%(n)d orang menunggu", "%(n)d orang menunggu", len(waiting)) % {"n": len(waiting)}
    return [
        Duty(
            title=_("Amati hasil pelatihan di desa"),
            link=reverse("training:observations"),
            button=_("Buka daftar pengamatan"),
            due=due,
            days_left=days_left(due, today),
            state="due",
            missing=(words,),
            key="observe",
        )
    ]


def signatures(hat: Hat) -> list[Duty]:
    """Certificates that wait for a signature. One query."""
    number = certificates_seen_by(hat).filter(state=Certificate.State.PREPARED).count()
    if not number:
        return []
    words = ngettext("%(n)d sertifikat menunggu", "%(n)d sertifikat menunggu", number) % {"n": number}
    return [
        Duty(
            title=_("Tandatangani sertifikat pelatihan"),
            link=reverse("training:certificates") + "?keadaan=prepared",
            button=_("Buka sertifikat"),
            state="due",
            missing=(words,),
            key="sign",
        )
    ]
