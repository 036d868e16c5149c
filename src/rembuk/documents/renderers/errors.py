"""Why a paper could not be made."""

from rembuk.core.errors import RembukError


class RenderError(RembukError):
    """A paper could not be typeset; nothing was kept. ``values['reason']`` is for the log."""

    status = 500
