"""Samples of the portal's addresses."""

from factories.samples import sample
from rembuk.regions.models import Village


@sample("code", "portal:village")
def code(at: Village) -> object:
    return at.code
