"""The room `documents` as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers every paper by name, the renderer of the archive, and what other rooms ask for by name."""

    name = "rembuk.documents"
    label = "documents"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.documents import labels, panels, permissions, recipes, rendering, tasks, trailed, views  # noqa: F401
        from rembuk.documents.views.archive import paper_of
        from rembuk.shared import menu, papers, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.models import Paper
        from rembuk.shared.trail import kinds

        trailed.register()
        recipes.register_all()
        papers.register_renderer(rendering.render_paper)
        tasks.register()
        wording.register(labels.SENTENCES)
        shared_panels.register("cycle", "documents", panels.panels_of_cycles)
        kinds.register("dokumen", Paper, finder=paper_of, act="documents.read")
        menu.register(
            menu.Entry(
                key="papers",
                title=_("Dokumen"),
                icon="print",
                url_name="documents:list",
                act="documents.list",
                order=60,
            )
        )
