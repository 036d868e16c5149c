"""Names of the buttons that mend a finding; the room that shows a finding turns the name into an address.

`LINKS` is the whole list, so that a test can hold every name to an existing route.
"""

from typing import Final

LINKS: Final[dict[str, str]] = {
    "stage": "cycles:stage",
    "paper": "cycles:attach",
    "excuse": "cycles:excuse",
    "team": "cycles:team",
    "meeting": "deliberation:edit",
    "new_meeting": "deliberation:create",
    "invitation": "deliberation:invite",
    "attendance": "deliberation:attendance",
    "adjourn": "deliberation:adjourn",
    "minutes": "deliberation:minutes",
    "scores": "deliberation:scores",
    "ceiling": "funding:ceiling",
    "proposals": "proposals:list",
    "allocation": "budgeting:run",
    "rpjmdes": "plans:rpjmdes",
    "plan": "plans:grid",
    "item": "plans:item",
    "rab": "plans:rab",
    "technical": "plans:technical",
    "implementer": "plans:implementers",
    "approve": "plans:approve",
    "perdes": "plans:perdes",
    "publish": "plans:publish",
    "handoff": "budgeting:apbdes",
    "works": "works:cycle",
    "rpjm": "plans:rpjm_draft",
    "rpjm_item": "plans:rpjm_item",
    "rpjm_steps": "plans:rpjm_steps",
    "rpjm_review": "plans:rpjm_review",
    "policy": "plans:rpjm_policy",
    "assessment": "assessment:home",
}
