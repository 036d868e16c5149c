"""Samples of the ceilings for the walk over all routes."""

from factories.samples import sample
from rembuk.regions.models import Village


@sample("village", "funding:")
def village(at: Village) -> object:
    return at.id


@sample("year", "funding:")
def year(at: Village) -> object:
    return 2027
