"""What a person can do around a hall, one function each."""

from rembuk.hall.services.arrivals import announce, confirm, decline
from rembuk.hall.services.taking import release_lock, take_to_hall
from rembuk.hall.services.voting import cast, close_boxes, count_boxes, count_dots, give_slip, make_slips, open_boxes

__all__ = [
    "announce",
    "cast",
    "close_boxes",
    "confirm",
    "count_boxes",
    "count_dots",
    "decline",
    "give_slip",
    "make_slips",
    "open_boxes",
    "release_lock",
    "take_to_hall",
]
