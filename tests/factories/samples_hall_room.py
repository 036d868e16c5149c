"""Samples of meetings in a hall for the walk over all routes."""

from uuid import UUID

from factories.samples import sample
from rembuk.regions.models import Village


@sample("room", "hall:")
def room(village: Village) -> object:
    return "abcd2345"


@sample("arrival_id", "hall:")
def arrival(village: Village) -> object:
    return UUID(int=7)
