"""The desks of a village in the browser: each role signs in once; pages are held against axe on desk and phone."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from journeys.road import Road
from journeys.test_accessible import faults_here
from rembuk.core.hat import Role

PHONE, DESK = 360, 1280


class Desks:
    """The open pages of the people of a road."""

    def __init__(self, road: Road, sign_in: Callable[..., Any]) -> None:
        self.road, self.sign_in = road, sign_in
        self.pages: dict[Role, Any] = {}

    def of(self, role: Role) -> Any:
        if role not in self.pages:
            self.pages[role] = self.sign_in(self.road.people[role], DESK)
        return self.pages[role]

    def at(self, role: Role, route: str, *args: object) -> Any:
        """Return the page of *role* at an address."""
        page = self.of(role)
        answer = page.goto(reverse(route, args=args))
        assert answer.status == 200, (route, answer.status)
        return page

    def sound(self, page: Any, name: str) -> None:
        """Nothing against WCAG on a desk and on a phone, and nothing that scrolls sideways."""
        found = []
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            found += faults_here(page, f"{name} at {width}", width)
        page.set_viewport_size({"width": DESK, "height": 800})
        assert found == []
