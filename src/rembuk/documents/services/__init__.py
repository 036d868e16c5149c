"""What people do with papers, one function per act."""

from rembuk.documents.services.bundles import ask_bundle, ask_bundle_run, make_bundle
from rembuk.documents.services.kept import (
    BUNDLE_JOB,
    ask_stage_bundle,
    current,
    freeze_paper,
    open_light,
    preview,
    preview_blank,
    refuse_without_files,
)

__all__ = [
    "BUNDLE_JOB",
    "ask_bundle",
    "ask_bundle_run",
    "ask_stage_bundle",
    "current",
    "freeze_paper",
    "make_bundle",
    "open_light",
    "preview",
    "preview_blank",
    "refuse_without_files",
]
