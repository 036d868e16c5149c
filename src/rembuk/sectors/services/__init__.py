"""What a person can do with technical support; every door calls these."""

from rembuk.sectors.services.asking import RequestValues, check, draft, edit, give_back, send
from rembuk.sectors.services.doing import accept, decline, finish, schedule, take
from rembuk.sectors.services.together import DayValues, hold_clinic, put_on_day

__all__ = [
    "DayValues",
    "RequestValues",
    "accept",
    "check",
    "decline",
    "draft",
    "edit",
    "finish",
    "give_back",
    "hold_clinic",
    "put_on_day",
    "schedule",
    "send",
    "take",
]
