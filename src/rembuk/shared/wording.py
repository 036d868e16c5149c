"""Sentences for refusals: each room registers ``code -> sentence`` from its labels."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.errors import RembukError

Words = str | Promise

_sentences: dict[str, Words] = {
    "not-allowed": gettext_lazy("Peran Anda tidak boleh melakukan ini di sini. Tidak ada yang berubah."),
    "stale": gettext_lazy(
        "Orang lain sudah mengubahnya sejak Anda membuka halaman ini. "
        "Isian Anda masih ada; bandingkan lalu simpan lagi."
    ),
    "illegal-transition": gettext_lazy(
        "Langkah ini tidak bisa dilakukan pada keadaan sekarang. Tidak ada yang berubah."
    ),
}


def register(sentences: Mapping[str, Words]) -> None:
    """Add the sentences of one room; ``%(name)s`` is filled from the error's values."""
    _sentences.update(sentences)


def sentence(error: RembukError) -> str:
    """Return the sentence for *error*; an unregistered code still names itself and says that nothing changed."""
    words = _sentences.get(error.code)
    if words is None:
        return _("Ditolak (%(code)s). Tidak ada yang berubah.") % {"code": error.code}
    values: dict[str, Any] = dict(error.values)
    try:
        return str(words) % values
    except (KeyError, ValueError):
        return str(words)
