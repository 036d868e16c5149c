"""The badges of the menu: what waits for the hat, counted in one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import people, places
from factories.samples_proposals import sent_in
from rembuk.shared.menu import entries_for

pytestmark = pytest.mark.django_db


def test_what_waits_for_a_secretary_is_counted_in_one_query() -> None:
    village = places.melintang()
    sent_in(village)
    sent_in(village)
    hat = people.holder("SDK", village).hat()
    with CaptureQueriesContext(connection) as asked:
        badges = {entry.key: entry.badge for entry in entries_for(hat, "/usulan/")}
    assert badges["proposals"] == 2
    assert badges["meetings"] == 0
    assert len(asked) == 1


def test_only_the_deepest_fitting_entry_is_marked() -> None:
    hat = people.holder("SDK", places.melintang()).hat()
    assert [entry.key for entry in entries_for(hat, "/usulan/baru/") if entry.current] == ["proposals"]


def test_a_visitor_has_no_menu() -> None:
    assert entries_for(None, "/") == []
