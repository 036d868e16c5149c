"""A draft that lies open for residents: what they wrote in Sepatin in the worked example, and the first answer."""

from datetime import timedelta

from rembuk.core.hat import Role
from rembuk.plans.comment_board import public_draft, window_of
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.services import (
    Words,
    answer_comment,
    comment_draft,
    look_comment,
    open_comments,
    show_unlooked_comments,
)
from rembuk.proposals.resident_values import Supporter
from rembuk.proposals.residents import resident_of
from rembuk.regions.models import Hamlet
from rembuk.seed import chance
from rembuk.seed.places import SEPATIN
from rembuk.seed.scene import hat_of, moment, username_of
from rembuk.seed.story import TODAY

OPEN_DAYS = 9
WRITTEN = (
    (6, None, "Air tawar didahulukan. Di hilir orang membeli air sejak Juli."),
    (5, 0, "Volumenya kurang, yang rusak sampai ke rumah Pak Jumri di ujung."),
    (2, 1, "Bagus, tapi tolong dikerjakan sebelum musim angin selatan."),
    (1, None, "Rapatnya jangan siang, nelayan masih di laut. Kabari 0812 5550 7788."),
)
"""Days ago, which activity of the draft (None: the whole), the words as typed."""
ANSWER = "Diukur ulang bersama warga pada 17 September; volumenya ditambah sesuai hasil ukur dan dibahas di Musrenbang."


def plant() -> int:
    """Open the draft of Sepatin by the services and let residents write. Returns how many comments."""
    office = hat_of(username_of(Role.SDK, SEPATIN))
    rows = RkpdesVersion.objects.select_related("village__district", "village__regency")
    plan = rows.filter(village_id=SEPATIN, state="head_approved").first()
    if office is None or plan is None:
        return 0
    opened = moment(TODAY - timedelta(days=8), 9)
    open_comments(plan_id=plan.id, last_day=TODAY + timedelta(days=OPEN_DAYS), actor=office, at=opened)
    window = window_of(plan.id)
    if window is None:
        return 0
    lines = [line.item for line in public_draft(window).lines if line.item and line.item.is_physical]
    hamlets = list(Hamlet.objects.filter(village=plan.village).order_by("order", "id"))
    made = []
    for number, (days, item, text) in enumerate(WRITTEN):
        chosen = lines[item % len(lines)] if item is not None and lines else None
        received = comment_draft(
            key=chance.key("tanggapan", str(number)),
            plan_id=plan.id,
            words=Words(text, str(chosen.id) if chosen else ""),
            writer=Supporter(chance.WOMEN[number], hamlets[number % len(hamlets)].id, 1975 + number),
            device="",
            actor=resident_of(plan.village),
            at=moment(TODAY - timedelta(days=days), 19),
        )
        made.append(received.comment)
    for seen in made[1:3]:
        at = moment(TODAY - timedelta(days=1), 10)
        look_comment(comment_id=seen.id, text=seen.text, actor=office, at=at)
    answer_comment(comment_id=made[1].id, answer=ANSWER, actor=office, at=moment(TODAY - timedelta(days=1), 11))
    show_unlooked_comments(TODAY)
    return len(made)
