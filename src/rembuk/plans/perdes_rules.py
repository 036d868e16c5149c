"""What a regency sets about the Perdes: how silence in the clarification is read. The law leaves it open."""

from typing import Final

from rembuk.core.workflow.perdes_states import SILENCE_CLEARS
from rembuk.regions.models import Regency

RULES: Final = "perdes"
"""Key in the settings of a regency."""


def silence_clears(regency: Regency) -> bool:
    """Return whether thirty days without an answer are recorded as no objection."""
    return bool(regency.settings.get(RULES, {}).get("silence_clears", SILENCE_CLEARS))
