"""What a person can do with works; every door calls these."""

from rembuk.works.services.closing import ClosingValues, close_work, missing_of, offer_maintenance
from rembuk.works.services.evaluating import bring_evaluation
from rembuk.works.services.looking import look_at_photo
from rembuk.works.services.opening import open_works
from rembuk.works.services.running import (
    ContractValues,
    ObstacleValues,
    PaymentValues,
    ProgressValues,
    Uploaded,
    edit_work,
    note_obstacle,
    pay,
    report,
    strike_payment,
)

__all__ = [
    "ClosingValues",
    "ContractValues",
    "ObstacleValues",
    "PaymentValues",
    "ProgressValues",
    "Uploaded",
    "bring_evaluation",
    "close_work",
    "edit_work",
    "look_at_photo",
    "missing_of",
    "note_obstacle",
    "offer_maintenance",
    "open_works",
    "pay",
    "report",
    "strike_payment",
]
