"""What the addresses of works are about."""

from uuid import UUID

from rembuk.budgeting.queries import cycle_by_id
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.works import queries
from rembuk.works.models import Payment, Work


def cycle_of(cycle_id: UUID) -> Cycle:
    return cycle_by_id(cycle_id)


def work_of(work_id: UUID) -> Work:
    return queries.work_by_id(work_id)


class PaymentTarget:
    """A payment asked about: its place and whether its work is closed are those of the work."""

    def __init__(self, payment: Payment) -> None:
        self.payment, self.work = payment, payment.work

    @property
    def place(self) -> Place:
        return self.work.place

    @property
    def closed(self) -> bool:
        return self.work.closed


def payment_of(payment_id: UUID) -> PaymentTarget:
    return PaymentTarget(queries.payment_by_id(payment_id))
