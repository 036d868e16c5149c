"""Photos of works: small, for everybody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from rembuk.core.errors import RembukError
from rembuk.portal.cached import village_page
from rembuk.portal.pictures import small
from rembuk.portal.queries.works import photo_of
from rembuk.regions.models import Village
from rembuk.shared import files
from rembuk.works.models import Progress


@village_page()
def photo(request: HttpRequest, village: Village, progress_id: UUID) -> HttpResponse:
    """The photo of one report of progress."""
    try:
        row = photo_of(village.pk, progress_id)
        assert row.photo is not None
        data = small(files.read(row.photo))
    except (Progress.DoesNotExist, RembukError, OSError) as error:
        raise Http404 from error
    # What was opened may be closed again: no browser keeps it for long.
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": "public, max-age=300"})
