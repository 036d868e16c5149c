"""All addresses, room by room in the order of the planning process."""

import importlib.util

from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "shared",
    "regions",
    "accounts",
    "cycles",
    "funding",
    "assessment",
    "proposals",
    "announcements",
    "deliberation",
    "plans",
    "budgeting",
    "works",
    "sectors",
    "guidance.training",
    "guidance.clinic",
    "guidance.evaluation",
    "guidance.mentoring",
    "guidance.facilitation",
    "guidance.season",
    "guidance.programme",
    "documents",
    "offline",
    "hall",
    "dashboards",
    "portal",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"rembuk.{room}.urls")) for room in ROOMS if importlib.util.find_spec(f"rembuk.{room}.urls")
]
