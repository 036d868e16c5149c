"""Every word of the field app: the scripts know keys, this table knows what a person reads.

A placeholder is written ``{name}``, as scripts fill it. Codes of kinds, elements and criteria bring their words in the package.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "title": _("Aplikasi lapangan"),
}
