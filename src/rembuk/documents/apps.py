"""The room `documents` as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.documents"
    label = "documents"
