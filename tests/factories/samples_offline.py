"""Samples of the field's API for the walk over all routes."""

from factories.samples import sample
from rembuk.regions.models import Village


@sample("sha256", "offline:api-part")
def digest(village: Village) -> object:
    return "0" * 64
