"""A paper stays what it was: frozen data with a digest, rendered once, archived, found by its code."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from rembuk.core.errors import BadInputError, RembukError
from rembuk.shared import blobs, papers
from rembuk.shared.models import Paper, TrailEntry
from shared.samples import secretary


class Desk:
    """A room that knows one paper, and a renderer that counts."""

    def __init__(self) -> None:
        self.total = 5_000_000
        self.rendered: list[tuple[str, str]] = []

    def gather(self, key: str) -> dict[str, object]:
        return {"key": key, "total": self.total}

    def build(self, values: dict[str, object]) -> dict[str, object]:
        return {"title": "RKP Desa", "rows": [["Jembatan", values["total"]]], "dari": values["key"]}

    def render(self, paper: Paper, fmt: str) -> bytes:
        self.rendered.append((paper.verify_code, fmt))
        return f"{fmt}:{paper.data['rows'][0][1]}:{len(self.rendered)}".encode()


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object) -> Iterator[Desk]:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(papers, "_recipes", {})
    monkeypatch.setattr(papers, "_renderers", [])
    found = Desk()
    papers.register("F26", "RKP Desa", gather=found.gather, build=found.build, village_of=lambda key: "64.02.04.2001")
    papers.register_renderer(found.render)
    yield found


def freeze(**more: object) -> Paper:
    return papers.freeze("F26", "version:7", hat=secretary(), **more)  # type: ignore[arg-type]


def test_a_paper_is_frozen_with_its_digest_code_and_maker(desk: Desk) -> None:
    paper = freeze(number="12/2026", paper_date=date(2026, 9, 29), sample=True)
    assert paper.data == {"title": "RKP Desa", "rows": [["Jembatan", 5_000_000]], "dari": "7"}
    assert paper.sha256 == papers.digest_of(paper.data) and papers.unaltered(paper)
    assert (paper.village_key, paper.version_no, paper.sample) == ("64.02.04.2001", 1, True)
    assert paper.made_by_label == "SDK Loa Duri Ilir"
    assert len(paper.verify_code) == 12 and set(paper.verify_code) <= set(papers.CROCKFORD)
    assert papers.by_code(paper.verify_code.lower()) == paper
    (entry,) = TrailEntry.objects.filter(table_name="shared_paper")
    assert entry.act == "papers.freeze" and entry.after is not None and "data" not in entry.after


def test_nothing_changed_is_the_same_version_and_a_change_is_the_next(desk: Desk) -> None:
    first = freeze()
    assert freeze().pk == first.pk
    desk.total += 1
    second = freeze()
    assert (second.version_no, second.data["rows"][0][1]) == (2, 5_000_001)
    first.refresh_from_db()
    assert first.data["rows"][0][1] == 5_000_000


def test_it_is_rendered_once_and_later_opened_from_the_archive(desk: Desk) -> None:
    paper = freeze()
    desk.total = 0
    first = papers.open_paper(paper, "pdf")
    assert first == (b"pdf:5000000:1", "application/pdf")
    assert papers.open_paper(Paper.objects.get(pk=paper.pk), "pdf") == first
    papers.open_paper(paper, "xlsx")
    assert [fmt for _, fmt in desk.rendered] == ["pdf", "xlsx"]
    assert sorted(Paper.objects.get(pk=paper.pk).files) == ["pdf", "xlsx"]
    assert TrailEntry.objects.filter(table_name="shared_paper").count() == 1, "opening is no change"


def test_two_who_open_it_at_once_get_the_same_file(desk: Desk) -> None:
    paper, same = freeze(), freeze()
    assert papers.open_paper(paper, "pdf") == papers.open_paper(same, "pdf")


def test_an_altered_paper_or_file_is_not_opened(desk: Desk) -> None:
    paper = freeze()
    papers.open_paper(paper, "pdf")
    blobs.path_of(paper.files["pdf"]["sha256"]).write_bytes(b"palsu")
    with pytest.raises(RembukError, match="file-altered"):
        papers.open_paper(paper, "pdf")
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE shared_paper SET data = '{"rows": [["Jembatan", 9]]}'""")
    with pytest.raises(RembukError, match="paper-altered"):
        papers.open_paper(Paper.objects.get(pk=paper.pk), "docx")


def test_an_unknown_paper_or_format_is_refused(desk: Desk) -> None:
    with pytest.raises(KeyError):
        papers.freeze("F99", "version:7", hat=secretary())
    with pytest.raises(BadInputError, match="paper-format"):
        papers.open_paper(freeze(), "exe")


@pytest.mark.parametrize(("typed", "code"), [("ab1o-il 9", "AB10119"), ("7xk2 m4", "7XK2M4")])
def test_a_code_is_read_as_people_write_it(typed: str, code: str) -> None:
    assert papers.read_code(typed) == code
