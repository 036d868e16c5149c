"""What can be done with devices, packages and envelopes; every door (network, file, office) calls these."""

from rembuk.offline.services.applying import apply_waiting
from rembuk.offline.services.devices import register_device, revoke_device
from rembuk.offline.services.keys import rotate_key
from rembuk.offline.services.packages import Issued, issue_package
from rembuk.offline.services.receiving import missing_parts, receive, store_part
from rembuk.offline.services.rejudging import keys_came_back

__all__ = [
    "Issued",
    "apply_waiting",
    "issue_package",
    "keys_came_back",
    "missing_parts",
    "receive",
    "register_device",
    "revoke_device",
    "rotate_key",
    "store_part",
]
