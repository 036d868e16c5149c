"""F11: problem trees, written as two indented outlines and drawn at once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.assessment import services
from rembuk.assessment.models import Assessment, ProblemTree
from rembuk.assessment.queries import inventory
from rembuk.assessment.views.common import (
    address,
    assessment_of,
    attempt,
    done,
    key_of,
    show,
    some_key,
    tree_of,
    whole,
)
from rembuk.core.assessment.drawing import draw_tree
from rembuk.core.assessment.outline import Line, from_rows, outline_text
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("assessment.read", of=assessment_of)
def index(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """All trees, drawn, and the form for another."""
    return forest(request, assessment)


def forest(request: HttpRequest, assessment: Assessment, refused: str = "", status: int = 200) -> HttpResponse:
    trees = list(assessment.trees.select_related("problem"))
    taken = {tree.problem_id for tree in trees}
    context = {
        "trees": [(tree, drawn(tree)) for tree in trees],
        "offered": [row for row in inventory(assessment, "problem") if row.id not in taken],
        "typed": request.POST,
        "refused": refused,
    }
    return show(request, "trees.html", assessment, context, status=status)


def drawn(tree: ProblemTree) -> SafeString:
    """Draw a tree; its text is escaped by the drawing."""
    effects, causes = from_rows(tree.effects), from_rows(tree.causes)
    return mark_safe(draw_tree(tree.problem.text, effects, causes, spoken(tree.problem.text, effects, causes)))  # noqa: S308


def spoken(core: str, effects: tuple[Line, ...], causes: tuple[Line, ...]) -> str:
    words = _("Pohon masalah %(core)s: %(effects)d akibat di atas, %(causes)d penyebab di bawah.")
    return words % {"core": core, "effects": len(effects), "causes": len(causes)}


@page("assessment.fill", of=assessment_of, methods=("POST",))
def add(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Begin a tree on a problem that is known, or on a new one."""
    key = key_of(request.POST.get("kunci", ""))
    refused, status = write(request, assessment.id, key)
    if refused:
        return forest(request, assessment, refused, status)
    return redirect(address(request, "tree", key))


def write(request: HttpRequest, assessment_id: UUID, key: UUID) -> tuple[str, int]:
    post, hat, at = request.POST, worn(request), clock.now()

    def act() -> object:
        return services.put_tree(
            tree_id=key,
            assessment_id=assessment_id,
            problem_id=some_key(post.get("masalah", "")),
            core=post.get("inti", ""),
            effects=post.get("akibat", ""),
            causes=post.get("penyebab", ""),
            version=whole(post.get("versi", "")),
            actor=hat,
            at=at,
        )

    return attempt(request, act, _("Pohon tersimpan."))


@page("assessment.read", of=tree_of)
def one(request: HttpRequest, tree: ProblemTree) -> HttpResponse:
    """One tree, large, with its outlines beside it."""
    return outline(request, tree)


@page("assessment.fill", of=tree_of, methods=("POST",))
def save(request: HttpRequest, tree: ProblemTree) -> HttpResponse:
    """Store the outlines and draw the tree again."""
    refused, status = write(request, tree.assessment_id, tree.id)
    if refused:
        return outline(request, tree_of(tree.id), refused, status)
    return redirect(address(request, "tree", tree.id))


def outline(request: HttpRequest, tree: ProblemTree, refused: str = "", status: int = 200) -> HttpResponse:
    post = request.POST if refused else None
    context = {
        "tree": tree,
        "drawing": drawn(tree),
        "core": post.get("inti", "") if post is not None else tree.problem.text,
        "effects": post.get("akibat", "") if post is not None else outline_text(from_rows(tree.effects)),
        "causes": post.get("penyebab", "") if post is not None else outline_text(from_rows(tree.causes)),
        "own": tree.problem.tool == "tree",
        "refused": refused,
    }
    return show(request, "tree.html", tree.assessment, context, status=status)


@page("assessment.fill", of=tree_of, methods=("POST",))
def remove(request: HttpRequest, tree: ProblemTree) -> HttpResponse:
    """Take a tree away; its problem stays in the inventory."""
    hat, at = worn(request), clock.now()
    return done(
        request,
        lambda: services.remove_tree(tree_id=tree.id, actor=hat, at=at),
        _("Pohon dihapus. Masalahnya tetap di inventaris."),
        address(request, "trees", tree.assessment_id),
    )
