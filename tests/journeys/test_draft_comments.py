"""A draft under comment: a resident reads it on a phone, comments, follows by code; the office looks and answers."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from documents.reading import pdf_text
from factories import people
from factories.samples_plans import window_of
from journeys.desk import PHONE
from journeys.test_accessible import faults_here
from journeys.test_resident import phone, village  # noqa: F401  (fixtures)
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.plans.models import CommentWindow, DraftComment, RkpdesItem
from rembuk.shared.trail.testing import setting_up

pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server of a browser test is tried on SQLite alone"),
]
TEXT = "Titian di depan rumah Pak Darmo sudah patah, tolong didahulukan."
ANSWER = "Titian itu dipindah ke urutan pertama dan dikerjakan bulan Maret."


@pytest.fixture
def window(village: Any) -> CommentWindow:  # noqa: F811
    """The draft of Melintang lies open; one activity can be written about."""
    made = window_of(village)
    with setting_up():
        RkpdesItem.objects.create(plan=made.plan, name="Titian ulin RT 02", activity_code="2.3.11", location="Dusun I")
        people.holder(Role.TIM, village, username="tim.penyusun")
    return made


def write(page: Any, window: CommentWindow) -> str:
    """Comment on the activity as a resident would; returns the receipt code."""
    page.goto(reverse("portal:village", args=[window.plan.village.code]))
    page.locator(f'a[href="{reverse("plans:draft_public", args=[window.plan_id])}"]').first.click()
    assert "Ini masih rancangan." in page.locator("main").inner_text()
    page.locator("text=Tanggapi").first.click()
    assert page.locator("#kegiatan option:checked").inner_text() == "Titian ulin RT 02, Dusun I"
    page.fill("#kata", TEXT)
    page.fill("#nama", "Wening Sari")
    page.select_option("#dusun", label="Dusun I")
    page.fill("#lahir", "1990")
    page.locator("#tulis button.btn-main").click()
    page.locator(".slip").wait_for()
    assert "Darmo" not in page.locator("main").inner_text()
    return str(page.locator(".slip .code").inner_text()).strip()


def the_office_looks_and_answers(sign_in: Any, window: CommentWindow) -> None:
    row = DraftComment.objects.get()
    desk = sign_in(office_of(window))
    desk.goto(reverse("plans:comments", args=[window.plan_id]))
    desk.locator(f'a[href="{reverse("plans:comment", args=[row.id])}"]').click()
    assert "Darmo" in desk.locator("mark.cover").inner_text()
    desk.locator("text=Sudah saya lihat").click()
    desk.locator("text=Sudah dilihat dan tampil").wait_for()
    team = sign_in(team_of(window))
    team.goto(reverse("plans:comment", args=[row.id]))
    assert "Darmo" not in team.locator("main").inner_text()
    team.fill("#jawaban", ANSWER)
    team.locator("text=Simpan jawaban").click()
    team.locator("text=Jawaban tersimpan").wait_for()
    assert ANSWER in team.input_value("#teks")


def office_of(window: CommentWindow) -> Any:
    return holder(window, Role.SDK)


def team_of(window: CommentWindow) -> Any:
    return holder(window, Role.TIM)


def holder(window: CommentWindow, role: Role) -> Any:
    return Assignment.objects.filter(village=window.plan.village, role=role.value).order_by("created_at").first()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_resident_comments_on_the_draft_and_reads_the_answer(
    window: CommentWindow,
    phone: Any,  # noqa: F811
    sign_in: Any,
    script: bool,
) -> None:
    page = phone(script=script)
    code = write(page, window)
    draft = reverse("plans:draft_public", args=[window.plan_id])
    page.goto(draft)
    assert "sudah patah" not in page.locator("main").inner_text()
    the_office_looks_and_answers(sign_in, window)
    page.goto(draft)
    shown = page.locator("main").inner_text()
    assert "sudah patah" in shown and ANSWER in shown and "Darmo" not in shown and "Wening" not in shown
    page.goto(reverse("proposals:track"))
    page.fill("#kode", code.lower())
    page.locator("main button").click()
    page.locator(f"text={ANSWER}").first.wait_for()
    desk = sign_in(office_of(window))
    desk.goto(reverse("plans:comments", args=[window.plan_id]))
    desk.locator("text=Bahan Musrenbang").click()
    paper = desk.request.get(f"{desk.url.split('?')[0]}?bentuk=pdf")
    printed = " ".join(pdf_text(paper.body()).split())
    assert "sudah patah" in printed and "dikerjakan bulan Maret" in printed and "Darmo" not in printed


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_of_a_draft_have_no_fault(
    window: CommentWindow,
    phone: Any,  # noqa: F811
    sign_in: Any,
    dark: bool,
) -> None:
    page = phone(dark=dark)
    write(page, window)
    found = faults_here(page, "slip", PHONE)
    row = DraftComment.objects.get()
    desk = sign_in(office_of(window), PHONE)
    desk.emulate_media(color_scheme="dark" if dark else "light")
    for name, address in {
        "list": reverse("plans:comments", args=[window.plan_id]),
        "comment": reverse("plans:comment", args=[row.id]),
        "steps": reverse("plans:steps", args=[window.plan_id]),
    }.items():
        desk.goto(address)
        found += faults_here(desk, name, PHONE)
    desk.goto(reverse("plans:comment", args=[row.id]))
    desk.locator("text=Sudah saya lihat").click()
    desk.locator("#jawaban").fill(ANSWER)
    desk.locator("text=Simpan jawaban").click()
    desk.locator("#teks").wait_for()
    found += faults_here(desk, "answered", PHONE)
    page.goto(reverse("plans:draft_public", args=[window.plan_id]))
    found += faults_here(page, "draft", PHONE)
    page.fill("#kata", "x")
    page.locator("#nama").fill("ab")
    page.select_option("#dusun", label="Dusun I")
    page.fill("#lahir", "20")
    page.locator("#tulis button.btn-main").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    found += faults_here(page, "refused", PHONE)
    assert found == []
