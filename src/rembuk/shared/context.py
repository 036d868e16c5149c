"""What every template knows: the hat, the menu of tasks, the mode of the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from rembuk.shared.menu import entries_for
from rembuk.shared.web import hat_of


def page(request: HttpRequest) -> dict[str, Any]:
    hat = hat_of(request)
    return {
        "hat": hat,
        "other_hats": getattr(request, "other_hats", False),
        "menu": entries_for(hat, request.path),
        "mode": settings.REMBUK_MODE,
        "sample": settings.DEMO or settings.TRAINING,
    }
