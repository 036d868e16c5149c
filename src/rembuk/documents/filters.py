"""The archive, filtered by what stands in the address."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.core.hat import Hat
from rembuk.documents.queries import papers_seen_by
from rembuk.documents.recipes import FORMS
from rembuk.regions.models import Village
from rembuk.shared.models import Paper
from rembuk.shared.papers import read_code


@dataclass(frozen=True, slots=True)
class ArchiveFilter:
    """What the reader asked for. year: of the paper's own date."""

    text: str = ""
    form: str = ""
    village: str = ""
    year: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "ArchiveFilter":
        """Read the address; what cannot be read is as if it were not there."""
        year, form = query.get("tahun", ""), query.get("formulir", "")
        return cls(
            text=query.get("cari", "").strip()[:80],
            form=form if form in FORMS else "",
            village=query.get("desa", "").strip()[:60],
            year=int(year) if year.isdigit() and 2000 <= int(year) <= 2100 else None,
        )

    @property
    def empty(self) -> bool:
        return self == ArchiveFilter()

    def apply(self, hat: Hat) -> "QuerySet[Paper]":
        """Return the papers of the hat's place that fit, newest first."""
        found = papers_seen_by(hat)
        if self.form:
            found = found.filter(code=self.form)
        if self.year:
            found = found.filter(paper_date__year=self.year)
        if self.village:
            named = Village.objects.filter(Q(name__icontains=self.village) | Q(code__startswith=self.village))
            found = found.filter(village_key__in=named.values("pk"))
        if self.text:
            wanted = Q(title__icontains=self.text) | Q(number__icontains=self.text)
            found = found.filter(wanted | Q(verify_code=read_code(self.text)))
        return found
