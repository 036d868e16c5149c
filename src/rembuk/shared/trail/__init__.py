"""The trail: who did what, when, under which hat. Filled by database triggers, never by hand."""

from rembuk.shared.trail.audited import audit
from rembuk.shared.trail.context import Acting, acting, current
from rembuk.shared.trail.protected import protect, protect_inside

__all__ = ["Acting", "acting", "audit", "current", "protect", "protect_inside"]
