"""What every template knows: the hat, the menu of tasks, the mode of the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from rembuk.shared.menu import entries_for
from rembuk.shared.notices.queries import unread_count
from rembuk.shared.web import hat_of


def page(request: HttpRequest) -> dict[str, Any]:
    hat = hat_of(request)
    return {
        "hat": hat,
        "other_hats": getattr(request, "other_hats", False),
        "menu": entries_for(hat, request.path),
        # Asked only where the badge is drawn.
        "notice_count": SimpleLazyObject(lambda: unread_count(hat.person_id)) if hat else None,
        "mode": settings.REMBUK_MODE,
        "sample": settings.DEMO or settings.TRAINING,
    }
