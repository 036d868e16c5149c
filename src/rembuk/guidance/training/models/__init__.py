"""What the training room remembers: batches, people in them, questions and papers, results, certificates."""

from rembuk.guidance.training.models.bank import AnswerSheet, BankItem, BatchTest, BatchTestPart, ItemSet
from rembuk.guidance.training.models.batches import (
    BatchTrainer,
    BatchUnit,
    CurriculumUnit,
    TrainingBatch,
    TrainingSession,
)
from rembuk.guidance.training.models.certificates import Certificate, OutsideCredit, SigningKey
from rembuk.guidance.training.models.people import Attendance, Enrolment, LevelRating
from rembuk.guidance.training.models.results import BehaviourObservation, MicroTeaching, Reaction

__all__ = [
    "AnswerSheet",
    "Attendance",
    "BankItem",
    "BatchTest",
    "BatchTestPart",
    "BatchTrainer",
    "BatchUnit",
    "BehaviourObservation",
    "Certificate",
    "CurriculumUnit",
    "Enrolment",
    "ItemSet",
    "LevelRating",
    "MicroTeaching",
    "OutsideCredit",
    "Reaction",
    "SigningKey",
    "TrainingBatch",
    "TrainingSession",
]
