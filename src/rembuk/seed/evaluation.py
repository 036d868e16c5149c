"""A few drafts of the example at the desk of a Camat, one in each state, written through the services of real ones.

All of them lie in the district of the example's PTPD and Camat, so that their sign-ins have something to do.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from rembuk.core.guidance.desk_checklists import CHECK_LISTS
from rembuk.core.hat import Hat, Place, Role
from rembuk.guidance.evaluation import services
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.services import DelegationValues, MarkValues, SignValues, SubmitValues
from rembuk.guidance.evaluation.subjects import find_subject
from rembuk.seed import chance, pictures
from rembuk.seed.places import MELINTANG, REGENCY
from rembuk.seed.scene import Scene, moment, username_of

CHECKS: Final = "EV-RKP"
DISTRICT = MELINTANG[:8]
REGISTERED = date(2026, 9, 11)
SIGNED = date(2026, 9, 18)
NOTES = {
    2: MarkValues(2, "NOTE", found="Berita acara Musdes belum bertanda tangan notulis", fix="Lengkapi tanda tangannya"),
    9: MarkValues(
        9,
        "NOTE",
        found="Jumlah Dana Desa melebihi pagunya",
        fix="Kurangi biaya, atau pindahkan satu kegiatan ke sumber lain",
        due="2026-09-25",
    ),
    17: MarkValues(17, "NOTE", fix="Tulis siapa yang merawat titian dan dari mana biayanya"),
}
BAD = MarkValues(11, "NOT_CONFORM", fix="Lampirkan desain dan lembar F29 setiap kegiatan fisik", due="2026-09-28")


def plant(scenes: Sequence[Scene]) -> int:
    """Hand in drafts of the district and leave each in another state. Returns how many."""
    delegate()
    drafts = [
        scene
        for scene in sorted(scenes, key=lambda one: (one.village.id != MELINTANG, one.village.id))
        if scene.village.district_id == DISTRICT and open_draft(scene)
    ]
    stories = (signed_with_notes, under_review, waiting_for_signature, incomplete, handed_in, returned)
    for number, (tell, scene) in enumerate(zip(stories, drafts, strict=False), 1):
        tell(scene, number)
    return min(len(stories), len(drafts))


def open_draft(scene: Scene) -> bool:
    """Return whether the village has a draft that is not enacted."""
    found = find_subject(scene.cycle, CHECKS)
    return found is not None and bool(found.rows) and not found.enacted


def person_at(role: Role, username: str, place: Place) -> Hat:
    return Hat(chance.key("orang", username), chance.person_name(username), role, place)


def district(role: Role) -> Hat:
    return person_at(role, username_of(role, DISTRICT), Place(REGENCY, DISTRICT))


def delegate() -> None:
    """Record an invented Perbup; the note says that it is an example."""
    values = DelegationValues(
        decree_number="Perbup 12 Tahun 2026",
        decree_date="2026-02-02",
        districts=(DISTRICT,),
        note="Contoh; periksa apakah kabupaten Anda punya Perbup seperti ini.",
    )
    head = person_at(Role.KBD, "kabid", Place(REGENCY))
    services.delegate(regency_code=REGENCY, values=values, actor=head, at=moment(date(2026, 2, 9), 9))


def handed_in(scene: Scene, number: int) -> Review:
    office = Hat(scene.person(Role.SDK), scene.name(Role.SDK), Role.SDK, scene.village.place)
    values = SubmitValues(note="Mohon diperiksa sebelum Musdes pengesahan.", on_paper=("2", "10"))
    return services.submit_draft(
        cycle_id=scene.cycle.pk, checks=CHECKS, values=values, actor=office, at=moment(date(2026, 9, 10), 9)
    )


def incomplete(scene: Scene, number: int) -> Review:
    review = handed_in(scene, number)
    reason = "Daftar hadir Musrenbang dan SK tim belum ada. Tambahkan, lalu ajukan lagi."
    return services.return_incomplete(
        review_id=review.pk, reason=reason, actor=district(Role.PTP), at=moment(REGISTERED, 9)
    )


def taken_in(scene: Scene, number: int) -> Review:
    review = handed_in(scene, number)
    return services.register(
        review_id=review.pk,
        number=f"414/{number:02d}/RKP/2026",
        day=REGISTERED.isoformat(),
        actor=district(Role.PTP),
        at=moment(REGISTERED, 10),
    )


def marked(review: Review, marks: Sequence[MarkValues]) -> Review:
    return services.save_marks(
        review_id=review.pk, marks=marks, version=review.version, actor=district(Role.PTP), at=moment(SIGNED, 8)
    )


def under_review(scene: Scene, number: int) -> Review:
    """Half of the items are looked at."""
    items = CHECK_LISTS[CHECKS][:10]
    return marked(taken_in(scene, number), [NOTES.get(one.number, MarkValues(one.number, "CONFORM")) for one in items])


def drafted(scene: Scene, number: int, special: dict[int, MarkValues]) -> Review:
    items = CHECK_LISTS[CHECKS]
    whole = [special.get(one.number, MarkValues(one.number, "CONFORM")) for one in items]
    review = marked(taken_in(scene, number), whole)
    return services.draft_result(
        review_id=review.pk, closing="", version=review.version, actor=district(Role.PTP), at=moment(SIGNED, 9)
    )


def waiting_for_signature(scene: Scene, number: int) -> Review:
    return drafted(scene, number, {2: NOTES[2]})


def sign(review: Review, number: int) -> Review:
    camat = district(Role.CAM)
    values = SignValues(
        number=f"414/{number + 100}/MW/2026",
        day=SIGNED.isoformat(),
        signer_name=camat.name,
        file=pictures.letter("pengantar", SIGNED),
        file_name="hasil-pemeriksaan.pdf",
    )
    return services.sign_result(review_id=review.pk, values=values, actor=camat, at=moment(SIGNED, 13))


def signed_with_notes(scene: Scene, number: int) -> Review:
    return sign(drafted(scene, number, NOTES), number)


def returned(scene: Scene, number: int) -> Review:
    return sign(drafted(scene, number, {**NOTES, 11: BAD}), number)
