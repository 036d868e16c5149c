"""The questions that come with the program: two parallel forms of twenty for three topics, none approved yet."""

from collections import Counter

from rembuk.core.guidance.items import SHIPPED_NOTE, USUAL_COUNT, shipped_items


def test_three_topics_come_with_two_parallel_forms_of_twenty():
    counts = Counter((item.topic, item.form) for item in shipped_items())
    assert counts == {(topic, form): USUAL_COUNT for topic in ("K1", "K7", "K9") for form in ("A", "B")}


def test_every_question_says_that_it_is_an_example():
    assert [item for item in shipped_items() if not item.note.startswith(SHIPPED_NOTE)] == []


def test_a_question_rests_on_an_article_or_says_that_it_is_a_guide():
    assert [item for item in shipped_items() if not item.article and "bukan pasal" not in item.note] == []


def test_no_letter_gives_the_answers_away():
    for (topic, form), keys in grouped().items():
        most = Counter(keys).most_common(1)[0][1]
        assert most <= 8, (topic, form)


def test_the_same_number_of_both_forms_rests_on_the_same_source():
    sources: dict[tuple[str, int], set[str]] = {}
    for item in shipped_items():
        sources.setdefault((item.topic, item.number), set()).add(item.article)
    assert [place for place, found in sources.items() if len(found) > 1] == []


def test_no_question_stands_twice():
    assert len({item.question for item in shipped_items()}) == len(shipped_items())


def grouped() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for item in shipped_items():
        found.setdefault((item.topic, item.form), []).append(item.key)
    return found
