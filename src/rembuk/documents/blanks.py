"""Empty forms to take along on the boat: what each form loses when it is printed to be filled by hand."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rembuk.core.documents.blank import blank, emptied
from rembuk.core.documents.frame import UNNAMED
from rembuk.core.documents.model import Document
from rembuk.core.guidance.monthly_figures import MonthFigures
from rembuk.documents.gather import assessment, evaluation, letters, plans, rpjm, teamwork
from rembuk.documents.recipes import Form

ATTENDANCE_LINES = 30
WITHOUT: Mapping[str, Mapping[str, object]] = {
    "F01": {"members": ()},
    "F02": {"members": (), "facilitator": UNNAMED},
    "F03": {
        "blank": True, "agenda": (), "material": (), "sections": (), "decisions": (), "vote": None, "elements": (),
        "resource_persons": (),
    },
    "F04": {"attendees": (), "invited": None, "blank_rows": ATTENDANCE_LINES, "uncounted": True},
    "F05": {"lines": ()},
    "F06": {"lines": (), "reason": ""},
    "F07": {},
    "F08": {"sheets": ()},
    "F09": {"lines": (), "said": ()},
    "F10": {"lines": (), "picture": None},
    "F11": {"trees": (), "problems": (), "potentials": ()},
    "F12": {"studies": (), "problems": (), "actions": (), "scored": ()},
    "F13": {"lines": ()},
    "F14": {"lines": ()},
    "F15": {
        "introduction": "", "conclusion": "", "data": (), "tools": (), "worst": (), "actions": (), "ideas": (),
        "head_date": None, "bpd_date": None,
    },
    "F16": {"items": ()},
    "F17": {"items": (), "income": {}},
    "F18": {"hamlets": (), "data": (), "vision": "", "mission": (), "problems": (), "potentials": (), "texts": {}},
    "F19": {
        "promulgated_date": None, "gazette_number": "", "endorsed_date": None, "bpd_decision": "", "narrative": (),
    },
    "F20": {"lines": (), "register": ()},
    "F21": {"lines": ()},
    "F22": {"lines": ()},
    "F23": {"lines": ()},
    "F24": {"villages": (), "third_parties": ()},
    "F25": {"lines": ()},
    "F26": {"items": ()},
    "F27": {"drawn_by": UNNAMED, "checked_by": UNNAMED},
    "F28": {"lines": ()},
    "F29": {
        "checks": {}, "feasible": None, "checked_date": None, "reason": "", "agency_officer": UNNAMED,
        "expert": UNNAMED, "community": UNNAMED,
    },
    "F30": {"members": ()},
    "F31": {"teams": ()},
    "F32": {"lines": ()},
    "F33": {"lines": ()},
    "F34": {"verdicts": {}, "status": None, "held": None, "verifier": UNNAMED},
    "F35": {},
    "F36": {},
    "F37": {"things": (), "remarks": (), "blank": True},
    "F38": {"income": (), "spending": ()},
    "hasil-evaluasi": {},
    "laporan-bulanan": {
        "figures": MonthFigures(), "done": (), "items": (), "problems": (), "obstacles": "", "request": "",
        "lesson": "", "submitted": None, "days_late": 0, "checker": UNNAMED, "judged": "", "digest": "", "draft": False,
    },
    "sertifikat": {
        "name": "",
        "office": "",
        "number": "",
        "topics": (),
        "code": "",
        "qr": "",
        "signer_name": "",
        "valid_until": None,
    },
    "tanggapan-rkp": {"lines": (), "unlooked": 0},
    "undangan": {"blank": True, "invitees": ()},
}  # fmt: skip
"""Form -> fields of its values and what stands there in the empty form."""

HEADINGS: Mapping[str, Callable[[str], Sequence[Any]]] = {
    "F02": teamwork.blank_work_plans,
    "F07": assessment.blank_village_data,
    "F18": rpjm.blank_texts,
    "F27": teamwork.blank_drawings,
    "F28": plans.blank_rabs,
    "F29": plans.blank_checks,
    "F35": letters.blank_letters,
    "F36": letters.blank_letters,
    "hasil-evaluasi": evaluation.blank_result,
}
"""Forms of a whole plan that print one sheet per item, whether or not it has something on it yet."""


def blank_documents(form: Form, key: str) -> tuple[Document, ...]:
    """Return the empty form of a thing, heading filled; one per item where the form is one per item."""
    gather: Callable[[str], Any] = HEADINGS.get(form.code) or form.gather
    gathered = gather(key)
    several = gathered if isinstance(gathered, Sequence) else [gathered]
    return tuple(blank(form.build(emptied(values, WITHOUT[form.code]))) for values in several)
