"""The public door by services: what a resident hands in, the secretary's look, time that passes, letters."""

import uuid
from datetime import date, timedelta

import pytest
from django.core import mail

from factories.people import holder
from proposals.given import NOW, REASON
from proposals.residents import LATER, PROBLEM, handed_in, picture, resident_proposal, typed
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.proposals import services
from rembuk.proposals.models import Intake, Proposal, ProposalPhoto, ProposalStep
from rembuk.proposals.queries import is_public, public_q, similar_proposals
from rembuk.proposals.receipts import digest_of
from rembuk.proposals.resident_values import read_resident, title_of
from rembuk.proposals.residents import look_due, resident_of
from rembuk.proposals.services import PublicWords, telling
from rembuk.proposals.services.lookups import look_up
from rembuk.proposals.values import places_of
from rembuk.shared import blobs
from rembuk.shared.models import Notice, StoredFile
from rembuk.shared.trail.models import TrailEntry
from rembuk.shared.trail.reading import trail_of


def public(proposal: Proposal) -> bool:
    """Tell by both forms of the one rule whether a proposal is public; they must agree."""
    proposal.refresh_from_db()
    by_query = Proposal.objects.filter(public_q(), pk=proposal.pk).exists()
    assert by_query == is_public(proposal)
    return by_query


def look(proposal, hat, **fields):
    words = fields.pop("words", PublicWords(proposal.title, proposal.problem, proposal.location_text))
    return services.look_at_proposal(proposal_id=proposal.id, words=words, actor=hat("SDK"), at=NOW, **fields)


def test_what_a_resident_types_is_sent_numbered_covered_and_opened_by_its_code(village, cycle):
    result = handed_in(village)
    made = Proposal.objects.get()
    assert (made.number, made.state, made.cycle, made.created_by) == ("MLT-27-0001", "sent", cycle, None)
    assert made.title == "Titian depan rumah Pak [nama] patah"
    assert made.problem == "Titian depan rumah Pak [nama] patah. Hubungi [nomor HP]."
    assert made.proposer_name == "Wening Sari" and made.hide_proposer
    assert made.intake.original_problem == PROBLEM
    assert look_up(code=result.receipt_code, address="10.0.0.1", at=NOW) == made
    assert made.receipt_digest == digest_of(result.receipt_code)


def test_the_same_form_sent_twice_makes_one_proposal_and_shows_the_same_code(village, cycle):
    key = uuid.uuid4()
    first, again = handed_in(village, key), handed_in(village, key)
    assert first.receipt_code == again.receipt_code and len(first.receipt_code) == 10
    assert Proposal.objects.count() == ProposalStep.objects.count() == Intake.objects.count() == 1
    with pytest.raises(RefusedError, match="proposal-key-taken"):
        handed_in(village, key, problem="Sumur bor di RT 02 kering")
    assert handed_in(village).receipt_code != first.receipt_code


def test_without_an_open_cycle_nothing_is_taken(village):
    with pytest.raises(RefusedError, match="proposal-no-cycle"):
        handed_in(village)
    assert Proposal.objects.count() == Intake.objects.count() == 0


def test_the_trail_says_warga_and_keeps_no_name_in_clear(village, cycle, hat):
    made = resident_proposal(village)
    lines = trail_of({Proposal: [made.pk], Intake: [made.intake.pk]}, hat=hat("SDK"))
    assert {line.who for line in lines} == {f"Warga, {village.full_name}"}
    assert {line.act for line in lines} == {"Mengusulkan tanpa akun"}
    stored = " ".join(str(entry.after) for entry in TrailEntry.objects.all())
    # Digests are random digits: the number is looked for as it was written and as it is stored.
    assert not [part for part in ("Darmo", "Wening", "0812 3456", "081234567890", "6281234567890") if part in stored]


def test_nobody_but_the_secretary_of_the_village_looks(village, other_village, cycle, hat):
    made = resident_proposal(village)
    words = PublicWords("Titian")
    for actor in (hat("KAD"), hat("TIM"), hat("RTK"), hat("STF", village.regency.place), resident_of(village)):
        with pytest.raises(NotAllowedError):
            services.look_at_proposal(proposal_id=made.id, words=words, actor=actor, at=NOW)
        with pytest.raises(NotAllowedError):
            services.reject_as_abuse(proposal_id=made.id, text=REASON, actor=actor, at=NOW)
    with pytest.raises(NotAllowedError):
        services.look_at_proposal(proposal_id=made.id, words=words, actor=hat("SDK", other_village.place), at=NOW)
    assert not public(made)


def test_the_look_opens_the_page_with_the_words_and_photos_that_the_secretary_chose(village, cycle, hat):
    kept = [
        services.keep_photo(village_id=village.id, source=picture(size), name=f"{size}.jpg", actor=resident_of(village))
        for size in (640, 641)
    ]
    made = resident_proposal(village)
    photos = [ProposalPhoto.objects.create(proposal=made, file=row) for row in kept]
    assert not public(made)
    words = PublicWords("Titian dermaga RT 01 patah", "Titian patah.", "dermaga lama")
    look(made, hat, words=words, photos={photos[0].id: "nobody"})
    assert public(made)
    assert (made.state, made.title, made.problem) == ("checked", "Titian dermaga RT 01 patah", "Titian patah.")
    assert list(ProposalPhoto.objects.filter(shown=True)) == [photos[0]]
    assert made.intake.original_problem == PROBLEM
    look(made, hat, words=PublicWords("Titian dermaga"), photos={photos[0].id: "people"})
    made.refresh_from_db()
    assert (made.state, made.title, ProposalPhoto.objects.filter(shown=True).count()) == (
        "checked",
        "Titian dermaga",
        0,
    )


def test_a_look_without_a_title_changes_nothing(village, cycle, hat):
    made = resident_proposal(village)
    with pytest.raises(BadInputError, match="look-title"):
        look(made, hat, words=PublicWords("  "))
    made.refresh_from_db()
    assert made.state == "sent"


def test_an_officers_proposal_has_no_look_of_this_kind(sent, hat):
    with pytest.raises(RefusedError, match="look-not-resident"):
        look(sent(), hat)


def test_a_residents_proposal_is_not_given_back_since_nobody_could_mend_it(village, cycle, hat):
    made = resident_proposal(village)
    with pytest.raises(RefusedError, match="resident-has-no-draft"):
        services.give_back_proposal(proposal_id=made.id, text=REASON, actor=hat("SDK"), at=NOW)


def test_the_last_day_is_the_third_working_day(village):
    # 4 May 2026 is a Monday.
    assert look_due(village, NOW) == date(2026, 5, 7)
    village.regency.settings = {"public_look_days": 5}
    assert look_due(village, NOW) == date(2026, 5, 11)


def test_what_nobody_looked_at_is_shown_the_day_after_covered_and_without_photo(village, cycle, hat):
    kept = services.keep_photo(village_id=village.id, source=picture(), name="a.jpg", actor=resident_of(village))
    made = resident_proposal(village)
    ProposalPhoto.objects.create(proposal=made, file=kept)
    due = made.intake.look_due
    assert services.show_unlooked(due) == 0 and not public(made)
    assert services.show_unlooked(due + timedelta(days=1)) == 1 and public(made)
    assert services.show_unlooked(due + timedelta(days=1)) == 0
    assert "Darmo" not in made.title + made.problem and made.state == "sent"
    assert ProposalPhoto.objects.filter(shown=True).count() == 0
    assert [step.event for step in made.steps.all()] == ["send", "show"]
    look(made, hat)
    assert public(made)


@pytest.mark.parametrize(
    "fields", [{"households": "one"}, {"problem": "Mohon bantuan bedah rumah untuk Pak Darmo Wibowo", "households": ""}]
)
def test_help_for_one_house_is_never_shown_by_itself_not_even_when_time_passes(village, cycle, hat, fields):
    made = resident_proposal(village, **fields)
    assert services.show_unlooked(made.intake.look_due + timedelta(days=30)) == 0
    assert not public(made)
    look(made, hat, closed=True)
    assert made.intake is not None and not public(made)
    assert similar_proposals(village_id=village.id, text=made.title, hat=None) == []


def test_abuse_is_kept_answered_and_shown_nowhere(village, cycle, hat):
    result = handed_in(village, problem="Beli obat kuat di toko saya")
    made = services.reject_as_abuse(
        proposal_id=result.proposal.id, text="Ini iklan, bukan usulan.", actor=hat("SDK"), at=NOW
    )
    assert (made.state, made.reason_code, made.title) == ("declined", "TOLAK-02", "(isi ditutup)")
    assert not public(made)
    assert made.intake.original_problem == "Beli obat kuat di toko saya"
    assert look_up(code=result.receipt_code, address="10.0.0.1", at=NOW).reason_text == "Ini iklan, bukan usulan."
    with pytest.raises(RefusedError, match="look-answered"):
        look(made, hat)


def test_abuse_without_a_sentence_is_not_rejected(village, cycle, hat):
    made = resident_proposal(village)
    with pytest.raises(RefusedError, match="reason-missing"):
        services.reject_as_abuse(proposal_id=made.id, text=" ", actor=hat("SDK"), at=NOW)


def test_the_secretary_hears_once_and_no_more_after_the_look(village, cycle, hat):
    office = holder(Role.SDK, village)
    made = resident_proposal(village)
    notice = Notice.objects.get(person_id_value=office.person_id)
    assert notice.due_date == made.intake.look_due and made.number in notice.title
    assert "Wening" not in notice.title + notice.body
    look(made, hat)
    assert not Notice.objects.exists()


def test_html_is_a_text_like_any_other(village, cycle):
    made = resident_proposal(village, problem="Jalan <b>rusak</b> <script>alert(1)</script> di RT 01")
    assert made.problem == "Jalan <b>rusak</b> <script>alert(1)</script> di RT 01"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("problem", " ", "masalah belum diisi"),
        ("problem", "a" * 3_001, "paling panjang 3000"),
        ("problem", "jalan \x00 rusak", "tidak bisa disimpan"),
        ("hamlet", "", "dusun belum diisi"),
        ("hamlet", "Sebrang", "idak ada dusun"),
        ("proposer_name", "", "nama pengusul belum diisi"),
        ("proposer_contact", "saya@hp", "tidak terbaca"),
        ("proposer_contact", "123", "tidak terbaca"),
        ("email", "bukan surel", "tidak terbaca"),
        ("households", "banyak", "tidak dikenal"),
    ],
)
def test_an_unreadable_field_is_named_in_words(village, field, value, says):
    _words, problems = read_resident(typed(village, **{field: value}), places_of(village))
    assert [problem.field for problem in problems] == [field]
    assert says in problems[0].sentence[:1].lower() + problems[0].sentence[1:]


def test_a_proposal_may_be_for_the_whole_village(village, cycle):
    assert resident_proposal(village, hamlet="desa").hamlet is None


@pytest.mark.parametrize(
    ("problem", "title"),
    [
        ("Jalan rusak. Ibu-ibu sering jatuh.", "Jalan rusak"),
        ("Jalan rusak\ndi RT 01", "Jalan rusak"),
        ("kata " * 60, "kata " * 23 + "kata …"),
    ],
)
def test_the_title_is_the_first_sentence(problem, title):
    assert title_of(problem) == title


def test_a_photo_that_was_never_sent_is_forgotten_with_its_bytes_and_a_sent_one_stays(village, cycle, settings):
    lost = services.keep_photo(village_id=village.id, source=picture(300), name="a.jpg", actor=resident_of(village))
    used = services.keep_photo(village_id=village.id, source=picture(301), name="b.jpg", actor=resident_of(village))
    ProposalPhoto.objects.create(proposal=resident_proposal(village), file=used)
    assert telling.forget_unsent_photos(NOW.date()) == 0
    StoredFile.objects.update(received_at=NOW - timedelta(days=400))
    assert telling.forget_unsent_photos(NOW.date()) == 1
    assert list(StoredFile.objects.all()) == [used]
    assert not blobs.path_of(lost.sha256).exists() and blobs.path_of(used.sha256).exists()


@pytest.fixture
def post_office(settings):
    settings.DEFAULT_FROM_EMAIL = "desa@contoh.id"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS = ["rembuk.contoh.id"]
    return mail.outbox


def test_who_left_an_address_gets_one_letter_when_the_state_changes(village, cycle, hat, post_office):
    made = resident_proposal(village)
    resident_proposal(village, email="", problem="Sumur bor RT 02 kering")
    assert telling.tell_residents(NOW.date()) == 0
    services.look_at_proposal(proposal_id=made.id, words=PublicWords("Titian patah"), actor=hat("SDK"), at=LATER)
    assert telling.tell_residents(NOW.date()) == 1
    assert telling.tell_residents(NOW.date()) == 0
    letter = post_office[0]
    assert letter.to == ["wening@contoh.id"] and made.number in letter.subject
    assert "Sudah dilihat Sekretaris Desa" in letter.body and "http://rembuk.contoh.id/lacak/" in letter.body
    assert "Wening" not in letter.body


def test_without_a_mail_server_nothing_is_sent_and_nothing_is_marked(village, cycle, hat, settings):
    made = resident_proposal(village)
    services.look_at_proposal(proposal_id=made.id, words=PublicWords("Titian"), actor=hat("SDK"), at=LATER)
    assert telling.tell_residents(NOW.date()) == 0
    assert Intake.objects.get().told_at == NOW


def test_a_letter_that_fails_goes_again_the_next_day(village, cycle, hat, post_office, settings):
    made = resident_proposal(village)
    services.look_at_proposal(proposal_id=made.id, words=PublicWords("Titian"), actor=hat("SDK"), at=LATER)
    settings.EMAIL_BACKEND = "proposals.broken_mail.BrokenBackend"
    assert telling.tell_residents(NOW.date()) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert telling.tell_residents(NOW.date()) == 1
