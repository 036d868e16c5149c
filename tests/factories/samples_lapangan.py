"""Samples of the field app for the walk over all routes."""

from factories.samples import sample
from rembuk.offline.views import app
from rembuk.regions.models import Village


@sample("language", "offline:words")
def language(village: Village) -> object:
    return "id"


@sample("version", "offline:module")
def version(village: Village) -> object:
    return app.edition()


@sample("name", "offline:module")
def name(village: Village) -> object:
    return "main"


@sample("kind", "offline:module")
def kind(village: Village) -> object:
    return "js"
