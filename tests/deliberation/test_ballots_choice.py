"""The choice of a meeting in its minutes: one section, one decision, replaced until signed, printed on F03."""

import pytest

from deliberation import given
from deliberation.given import NOW
from documents.reading import docx_text, pdf_text, squeezed
from rembuk.core.documents.minutes import build_minutes
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.deliberation import queries, services
from rembuk.deliberation.models import Meeting
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf

WORDS = "Menyepakati 12 kegiatan menurut hitungan."
PARAGRAPHS = ("Aturan: bagian sama.", "Titian ulin RT 02: Rp100.000.000.")


@pytest.fixture
def meeting(cycle, sdk):
    made = given.running(cycle, sdk, "MUSREN")
    given.come(made, sdk)
    return made


def choose(meeting, actor, decision=WORDS, paragraphs=PARAGRAPHS):
    return services.record_choice(meeting_id=meeting.id, decision=decision, paragraphs=paragraphs, actor=actor, at=NOW)


def stored(meeting):
    now = Meeting.objects.get(pk=meeting.id)
    section = now.minutes["allocation"]
    return section["text"], section["version"], list(now.decisions.values_list("number", "text"))


def test_the_choice_is_one_section_and_the_next_numbered_decision(meeting, head):
    services.decide(meeting_id=meeting.id, text="Menyepakati urutan.", actor=head, at=NOW)
    choose(meeting, head)
    assert stored(meeting) == ("\n".join(PARAGRAPHS), 1, [(1, "Menyepakati urutan."), (2, WORDS)])


def test_the_same_choice_again_changes_nothing(meeting, head):
    first = choose(meeting, head)
    assert choose(meeting, head) == first
    assert stored(meeting)[1:] == (1, [(1, WORDS)])


def test_a_later_choice_takes_the_place_of_the_earlier_one(meeting, head):
    choose(meeting, head)
    services.decide(meeting_id=meeting.id, text="Menyepakati jadwal.", actor=head, at=NOW)
    choose(meeting, head, "Menyepakati 13 kegiatan.", ("Jembatan masuk.",))
    assert stored(meeting) == ("Jembatan masuk.", 2, [(1, "Menyepakati 13 kegiatan."), (2, "Menyepakati jadwal.")])


def test_a_decision_that_was_taken_off_comes_back_with_the_next_choice(meeting, head):
    services.remove_decision(decision_id=choose(meeting, head).pk, actor=head, at=NOW)
    choose(meeting, head)
    assert stored(meeting)[2] == [(1, WORDS)]


def test_a_choice_without_words_is_refused(meeting, head):
    with pytest.raises(BadInputError, match="decision-empty"):
        choose(meeting, head, " \n ")


def test_signed_minutes_keep_their_choice(cycle, sdk, head):
    made = given.complete(cycle, sdk, "MUSREN")
    choose(made, head)
    given.signed(made, head)
    with pytest.raises(RefusedError, match="minutes-signed"):
        choose(made, head, "Lain")
    assert stored(made)[2][-1][1] == WORDS


def test_only_the_chair_of_the_meeting_records_its_choice(meeting, chair):
    with pytest.raises(NotAllowedError):
        choose(meeting, chair)


@pytest.mark.parametrize(("render", "read"), [(render_docx, docx_text), (render_pdf, pdf_text)])
def test_f03_prints_the_choice_before_the_decisions(meeting, head, render, read):
    choose(meeting, head)
    text = squeezed(read(render([build_minutes(queries.minutes_values(meeting.id))])))
    places = [text.upper().index(squeezed(words).upper()) for words in ("Pilihan kegiatan", *PARAGRAPHS, WORDS)]
    assert places == sorted(places)
