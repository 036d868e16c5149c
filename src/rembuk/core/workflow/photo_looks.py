"""Whether a photo may be public: a person looks at it for exactly that, and says why or why not.

Nothing is shown before somebody has looked. A verdict may be changed later, in either direction.
"""

from collections.abc import Mapping
from typing import Final

NOT_LOOKED: Final = ""
NOBODY: Final = "nobody"
AGREED: Final = "agreed"
PEOPLE: Final = "people"
PRIVATE: Final = "private"
UNCLEAR: Final = "unclear"
VERDICTS: Final[Mapping[str, bool]] = {NOBODY: True, AGREED: True, PEOPLE: False, PRIVATE: False, UNCLEAR: False}
"""Verdict -> whether the photo is shown. nobody: nobody on it can be recognised; agreed: adults who agreed; people:
somebody who did not agree, or a child; private: the inside of a house, a paper with a name; unclear: of no use."""
SHOWN_VERDICTS: Final = tuple(verdict for verdict, shown in VERDICTS.items() if shown)


def is_shown(verdict: str) -> bool:
    """Return whether a photo with this verdict is public; never without one."""
    return VERDICTS.get(verdict, False)
