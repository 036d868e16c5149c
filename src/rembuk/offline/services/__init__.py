"""What can be done with devices, packages and envelopes; every door (network, file, office) calls these."""

from rembuk.offline.services.applying import apply_waiting
from rembuk.offline.services.bringing import Brought, bring_file
from rembuk.offline.services.comparing import LaidOut, laid_out
from rembuk.offline.services.deciding import decide_review
from rembuk.offline.services.devices import register_device, revoke_device
from rembuk.offline.services.keys import rotate_key
from rembuk.offline.services.packages import Issued, issue_package
from rembuk.offline.services.receiving import missing_parts, receive, store_part
from rembuk.offline.services.rejudging import keys_came_back

__all__ = [
    "Brought",
    "Issued",
    "LaidOut",
    "apply_waiting",
    "bring_file",
    "decide_review",
    "issue_package",
    "keys_came_back",
    "laid_out",
    "missing_parts",
    "receive",
    "register_device",
    "revoke_device",
    "rotate_key",
    "store_part",
]
