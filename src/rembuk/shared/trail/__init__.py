"""The trail: who did what, when, under which hat. Filled by database triggers, never by hand."""

from rembuk.shared.trail.context import Acting, acting, current

__all__ = ["Acting", "acting", "current"]
