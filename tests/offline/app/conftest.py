"""The fixtures of this folder, which the journey upriver uses as well."""

from offline.app.fixtures import base, chromium, phone, playwright, server

__all__ = ["base", "chromium", "phone", "playwright", "server"]
