"""The short address of a village, for notice boards and codes on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rembuk.shared.web import page


@page("portal.village")
def village(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page of the village; one that is not known says so there."""
    return redirect("portal:village", code)
