"""What a person can do at the clinic; every door calls these."""

from rembuk.guidance.clinic.services.answering import answer, assign, confirm, refer, reopen, retopic
from rembuk.guidance.clinic.services.asking import AskValues, LogValues, ask, log
from rembuk.guidance.clinic.services.promoting import FaqValues, promote, withdraw

__all__ = [
    "AskValues",
    "FaqValues",
    "LogValues",
    "answer",
    "ask",
    "assign",
    "confirm",
    "log",
    "promote",
    "refer",
    "reopen",
    "retopic",
    "withdraw",
]
