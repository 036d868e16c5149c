"""Answers for everybody, and the search over them and over what each stage of a plan needs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.clinic import CLINIC_TOPICS
from rembuk.core.guidance.finding_help import HelpText, find_help
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.core.workflow.stages import Stage
from rembuk.cycles.labels import STAGE_TITLES
from rembuk.guidance.clinic import queries, services
from rembuk.guidance.clinic.models import FaqEntry
from rembuk.guidance.clinic.permissions import allows
from rembuk.guidance.clinic.views.finding import faq_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn

MOST_STAGES = 5


@page("clinic.faq")
def faq(request: HttpRequest) -> HttpResponse:
    """Answers without names, and help on each stage, found by words."""
    hat = hat_of(request)
    search, topic = request.GET.get("cari", "").strip()[:120], request.GET.get("topik", "")
    rows = queries.published(hat.place.regency if hat else "")
    if topic in CLINIC_TOPICS:
        rows = rows.filter(topic=topic)
    entries = {str(entry.pk): entry for entry in rows}
    answers, stages = list(entries.values()), []
    if search:
        answers = [entries[text.key] for text in find_help(search, [text_of(entry) for entry in entries.values()])]
        texts = [text_of_stage(stage) for stage in ALL_STAGES.values()]
        stages = [ALL_STAGES[text.key] for text in find_help(search, texts, MOST_STAGES)]
    context = {
        "entries": [(entry, CLINIC_TOPICS[entry.topic], allows(hat, "promote", entry)) for entry in answers],
        "stages": [(stage, STAGE_TITLES[stage.code]) for stage in stages],
        "search": search,
        "topic": topic,
        "topics": CLINIC_TOPICS.items(),
        "count": len(answers) + len(stages),
    }
    return render(request, "clinic/faq.html", context)


def text_of(entry: FaqEntry) -> HelpText:
    return HelpText(str(entry.pk), entry.question, entry.answer)


def text_of_stage(stage: Stage) -> HelpText:
    """Return what a stage is about as text: its name, the papers it makes, its law."""
    papers = " ".join(f"{paper.form} {paper.title}" for paper in stage.papers)
    return HelpText(stage.code, f"{stage.code} {STAGE_TITLES[stage.code]} {stage.title}", f"{papers} {stage.source}")


@page("clinic.promote", of=faq_of, methods=("POST",))
def withdraw(request: HttpRequest, found: FaqEntry) -> HttpResponse:
    """Take an answer for everybody back."""
    try:
        services.withdraw(entry_id=found.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Tanya-jawab ditarik; tidak lagi terbaca umum."))
    return redirect("clinic:faq")
