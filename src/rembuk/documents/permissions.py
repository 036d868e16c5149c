"""Who may read, make and freeze papers: whoever may read the thing that a paper prints.

Source: roles, 2.1, "Document archive".
"""

from typing import Protocol, cast

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from rembuk.core.hat import DISTRICT_ROLES, DPMD_ROLES, FACILITATOR_ROLES, REGENCY_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed
from rembuk.documents.recipes import FORMS, Form, Subject, subject_of

READERS = REGENCY_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES
TEAM_WRITERS = frozenset({Role.SDK, Role.KAU, Role.TIM, Role.KAD})
BPD_WRITERS = frozenset({Role.BPD, Role.SDK})
WORDERS = DPMD_ROLES | {Role.ADM}
WRITE_ACTS = {
    "village": "documents.village_letter",
    "bpd": "documents.bpd_letter",
    "regency": "documents.regency_letter",
}
BUNDLERS = DPMD_ROLES | {Role.ADM, Role.BAP}
MAKERS = frozenset({Role.SDK, Role.KAU, Role.TIM, Role.KAD, Role.BPD, Role.FAS, Role.VRF})


class Printed(Protocol):
    """What a paper tells of itself."""

    code: str
    subject: str


class Wished(Placed, Protocol):
    """A paper that somebody wants to see: its form and the thing it prints."""

    form: Form
    thing: Subject


def may_read_the_thing(hat: Hat, target: Placed) -> bool:
    """Return whether the thing behind an archived paper may be read; one that is gone is left to the place alone."""
    paper = cast("Printed", target)
    form = FORMS.get(paper.code)
    if form is None:
        return True
    kind, _colon, key = paper.subject.partition(":")
    try:
        thing = subject_of(kind, key)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        return True
    return TABLE.allows(hat, form.act, thing)


def may_read_the_wish(hat: Hat, target: Placed) -> bool:
    wish = cast("Wished", target)
    return TABLE.allows(hat, wish.form.act, wish.thing)


SAME = "boleh membaca benda yang dicetaknya"
ROWS = (
    Permission("documents.list", READERS, "Membuka arsip dokumen di wilayahnya"),
    Permission(
        "documents.read",
        READERS,
        "Membuka dan mengunduh dokumen dari arsip",
        guard=may_read_the_thing,
        guard_note=SAME,
        upward=True,
    ),
    Permission(
        "documents.preview",
        READERS,
        "Melihat dokumen menurut keadaan sekarang",
        guard=may_read_the_wish,
        guard_note=SAME,
        upward=True,
    ),
    Permission(
        "documents.freeze",
        MAKERS,
        "Menyimpan dokumen ke arsip",
        guard=may_read_the_wish,
        guard_note=SAME,
    ),
    Permission("documents.checklist", READERS, "Melihat ceklis kelengkapan dokumen satu siklus", upward=True),
    Permission("documents.bundle", READERS, "Membuat dan mengunduh bundel dokumen satu siklus", upward=True),
    Permission("documents.bundle_run", BUNDLERS, "Membuat dan mengunduh bundel semua desa sekabupaten"),
    Permission("documents.scan", MAKERS, "Mengunggah lembar bertanda tangan dan memilihkan dokumennya"),
    Permission("documents.work_plan", TEAM_WRITERS, "Menyusun RKTL tim penyusun"),
    Permission("documents.read_letter", READERS, "Melihat surat dan keputusan satu siklus", upward=True),
    Permission("documents.village_letter", TEAM_WRITERS, "Menulis surat dan keputusan Kepala Desa"),
    Permission("documents.bpd_letter", BPD_WRITERS, "Menulis keputusan dan pandangan BPD"),
    Permission("documents.regency_letter", DPMD_ROLES, "Menulis surat DPMD kepada Desa"),
    Permission("documents.wording", WORDERS, "Mengubah redaksi dokumen kabupaten"),
    Permission("documents.stage", READERS, "Melihat dan mengunduh semua berkas satu tahap", upward=True),
    Permission(
        "documents.verify", title="Memeriksa keaslian dokumen dengan kodenya", public=True, note="tanpa nama orang"
    ),
)
TABLE.add(ROWS)
