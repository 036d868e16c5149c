"""The pages of the archive, of single papers, and the public check, in a constant number of queries."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people
from plans.given import NOW
from rembuk.core.hat import Role
from rembuk.documents import services
from rembuk.documents.wishes import wish_of
from rembuk.shared import papers
from rembuk.shared.models import Job, Paper
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def client(village):
    """Sign in as a role of the village."""

    def make(role):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village))

    return make


@pytest.fixture
def paper(plan, hat):
    return services.freeze_paper(wish=wish_of("F26", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)


def many(paper, hat, count):
    for number in range(count):
        papers.keep(
            "F26",
            f"RKP Desa {number}",
            f"plan:{number}",
            data={**paper.data, "title": f"RKP Desa {number}"},
            village_key=paper.village_key,
            hat=hat("SDK"),
            paper_date=paper.paper_date,
        )


def test_a_paper_is_looked_at_frozen_and_downloaded(plan, client):
    secretary = client("SDK")
    address = reverse("documents:paper", args=("F26", f"plan:{plan.pk}"))
    assert "belum tersimpan di arsip" in secretary.get(address).content.decode()
    preview = secretary.get(address, {"bentuk": "docx"})
    assert preview.headers["Content-Type"] == papers.CONTENT_TYPES["docx"]
    assert preview.headers["Content-Disposition"].endswith('RKP Desa Melintang Tahun 2027.docx"')
    assert not Paper.objects.exists(), "a preview keeps nothing"
    detail = secretary.post(address, follow=True)
    (made,) = Paper.objects.all()
    text = detail.content.decode()
    assert made.sha256 in text and "<svg" in text and "Tersimpan di arsip" in text
    for fmt, head in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = secretary.get(reverse("documents:file", args=(made.pk, fmt)))
        assert (answer.status_code, answer.content[: len(head)]) == (200, head)
    light = secretary.get(reverse("documents:file", args=(made.pk, "pdf")) + "?ringan=1")
    assert light.content[:4] == b"%PDF" and light.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("fmt", ["exe", "PDF"])
def test_another_format_is_not_there(paper, client, plan, fmt):
    assert client("SDK").get(reverse("documents:file", args=(paper.pk, fmt))).status_code == 404
    wanted = reverse("documents:paper", args=("F26", f"plan:{plan.pk}")) + f"?bentuk={fmt}"
    assert client("KAU").get(wanted).status_code == 400


def test_who_only_reads_gets_no_button_and_no_way_around_it(plan, client):
    address = reverse("documents:paper", args=("F26", f"plan:{plan.pk}"))
    reader = client("RTK")
    assert "Simpan ke arsip" not in reader.get(address).content.decode()
    assert reader.post(address).status_code == 403
    assert not Paper.objects.exists()


def test_the_archive_is_searched_filtered_counted_and_exported(paper, hat, client, village):
    many(paper, hat, 3)
    secretary, url = client("SDK"), reverse("documents:list")

    def count(**query: str) -> int:
        return len(secretary.get(url, query).context["rows"])

    assert (count(), count(cari="RKP Desa 1"), count(formulir="F03"), count(tahun="2026")) == (4, 1, 0, 4)
    assert (count(tahun="2025"), count(cari=paper.verify_code.lower())) == (0, 1)
    head, *rows = csv.reader(io.StringIO(secretary.get(url, {"bentuk": "csv"}).content.decode()))
    assert head[:3] == ["formulir", "judul", "nomor"] and len(rows) == 4
    with setting_up():
        division = people.signed_in(people.division_head(village))
    assert len(division.get(url, {"desa": "melin"}).context["rows"]) == 4
    assert len(division.get(url, {"desa": "enggelam"}).context["rows"]) == 0


def test_the_archive_asks_as_many_queries_for_fifty_papers_as_for_one(paper, hat, client):
    secretary, url = client("SDK"), reverse("documents:list")

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert secretary.get(url).status_code == 200
        return len(found)

    one = count()
    many(paper, hat, 60)
    assert count() == one


def test_anybody_checks_a_code_as_typed_and_learns_no_name(paper):
    visitor = Client()
    typed = f"{paper.verify_code[:6].lower()}-{paper.verify_code[6:]}"
    answer = visitor.get(reverse("documents:verify_ask"), {"kode": typed}, follow=True)
    text = answer.content.decode()
    assert "TERCATAT DI ARSIP" in text and paper.sha256 in text and "Melintang" in text
    assert paper.made_by_label not in text and "Titian" not in text


def test_an_unknown_code_and_an_altered_paper_say_so(paper):
    visitor = Client()
    unknown = visitor.get(reverse("documents:verify", args=("000000000000",)))
    assert unknown.status_code == 404 and "TIDAK DIKENAL" in unknown.content.decode()
    with setting_up():
        Paper.objects.filter(pk=paper.pk).update(data={**paper.data, "title": "RKP lain"})
    altered = visitor.get(reverse("documents:verify", args=(paper.verify_code,))).content.decode()
    assert "BERUBAH" in altered and "TERCATAT DI ARSIP" not in altered


def test_an_older_version_says_that_there_is_a_newer_one(paper, plan, hat, client):
    with setting_up():
        plan.items.update(name="Titian ulin RT 05")
    newer = services.freeze_paper(wish=wish_of("F26", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)
    assert newer.version_no == 2
    assert "Ada versi yang lebih baru" in Client().get(f"/periksa/{paper.verify_code}/").content.decode()
    assert "Buka versi 2" in client("SDK").get(reverse("documents:paper_detail", args=(paper.pk,))).content.decode()
    assert "Ada versi yang lebih baru" not in Client().get(f"/periksa/{newer.verify_code}/").content.decode()


def test_another_village_does_not_learn_that_a_paper_exists(paper):
    with setting_up():
        stranger = people.signed_in(people.stranger())
    assert stranger.get(reverse("documents:paper_detail", args=(paper.pk,))).status_code == 404
    assert stranger.get(reverse("documents:file", args=(paper.pk, "pdf"))).status_code == 404
    assert len(stranger.get(reverse("documents:list")).context["rows"]) == 0


def test_a_stage_lists_what_can_be_made_and_asks_for_all_its_files(cycle, plan, client):
    team, url = client("TIM"), reverse("documents:stage", args=(cycle.pk, "K6"))
    text = team.get(url).content.decode()
    assert all(
        f'href="{reverse("documents:paper", args=(code, f"plan:{plan.pk}"))}"' in text for code in ("F26", "F28")
    )
    answer = team.post(url)
    (job,) = Job.objects.all()
    assert answer.headers["Location"] == reverse("shared:job", args=(job.pk,))
    assert job.payload == {"cycle": str(cycle.pk), "stage": "K6"}
    assert team.get(reverse("documents:stage", args=(cycle.pk, "K99"))).status_code == 404
