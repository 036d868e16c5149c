"""Writes of the assessment: one function per thing that a person can do."""

from rembuk.assessment.services.opening import DataLine, copy_data, file_data, open_assessment, save_data
from rembuk.assessment.services.report import deliver_report, reopen_report, write_report
from rembuk.assessment.services.studying import (
    Marks,
    blocks_removal,
    enter_scores,
    put_action,
    put_tree,
    remove_action,
    remove_tree,
    study_problem,
)
from rembuk.assessment.services.tools import (
    EntryValues,
    put_entry,
    put_institution,
    put_sketch,
    remove_entry,
    remove_institution,
    remove_sketch,
    set_mark,
    set_marks,
    set_seasons,
)

__all__ = [
    "DataLine",
    "EntryValues",
    "Marks",
    "blocks_removal",
    "copy_data",
    "deliver_report",
    "enter_scores",
    "file_data",
    "open_assessment",
    "put_action",
    "put_entry",
    "put_institution",
    "put_sketch",
    "put_tree",
    "remove_action",
    "remove_entry",
    "remove_institution",
    "remove_sketch",
    "remove_tree",
    "reopen_report",
    "save_data",
    "set_mark",
    "set_marks",
    "set_seasons",
    "study_problem",
    "write_report",
]
