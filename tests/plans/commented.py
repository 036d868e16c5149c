"""What the tests of comments share: a window, an activity, a resident's words, and the acts of the office."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from factories.samples_plans import window_of
from rembuk.plans import services
from rembuk.plans.models import DraftComment, RkpdesItem
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def window(village):
    made = window_of(village)
    with setting_up():
        RkpdesItem.objects.create(plan=made.plan, name="Titian ulin", activity_code="2.3.11", location="Dusun Tengah")
    return made


@pytest.fixture
def item(window):
    return RkpdesItem.objects.get(name="Titian ulin")


@pytest.fixture
def body(village):
    hamlet = str(village.hamlets.first().id)
    return {
        "nama": "Siti Aminah",
        "dusun": hamlet,
        "lahir": "1985",
        "isi": "Titian di depan rumah Siti Aminah <b>rusak</b>",
    }


def page_of(window):
    return reverse("plans:draft_public", args=[window.plan_id])


def send(window, body, client=None, **more):
    return (client or Client()).post(reverse("plans:draft_comment", args=[window.plan_id]), {**body, **more})


def code_in(response) -> str:
    return re.search(r'class="code">([0-9A-Z]{5}-[0-9A-Z]{5})<', response.content.decode())[1]


def looked(hat, row=None, **more):
    row = row or DraftComment.objects.get()
    own = {"comment_id": row.id, "text": row.text, "actor": hat("SDK"), "at": clock.now(), **more}
    return services.look_comment(**own)


def answered(hat, row=None, text="Diganti ulin tahun ini"):
    row = row or DraftComment.objects.get()
    return services.answer_comment(comment_id=row.id, answer=text, actor=hat("TIM"), at=clock.now())


def text_of(response) -> str:
    return response.content.decode()
