"""One amount of a budget cell: whole rupiah, Indonesian separators, or the reason why not."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from rembuk.core.intake.table import CellError, Value
from rembuk.core.money import MoneyError, Rupiah, format_amount, parse_rupiah


class AmountError(ValueError):
    """A cell that is no amount; code and values of `apb.messages`."""

    def __init__(self, code: str, values: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def read_amount(value: Value) -> Rupiah:
    """Read one amount. ``48.232,91`` is refused with the whole rupiah it rounds to. Raises: AmountError."""
    if isinstance(value, CellError):
        raise AmountError("apb-galat", {"read": value.code})
    try:
        amount = parse_rupiah(value)
    except MoneyError as error:
        raise _worded(error, value) from error
    if amount < 0:
        raise AmountError("apb-negatif", {"read": str(value)})
    return amount


def _worded(error: MoneyError, value: Value) -> AmountError:
    read = str(error.values.get("read", value))
    if error.code == "uang-kosong":
        return AmountError("apb-jumlah-kosong", {"read": read})
    if error.code == "uang-pecahan":
        return AmountError("apb-pecahan", {"read": read, "accepted": format_amount(_rounded(read))})
    return AmountError("apb-jumlah", {"read": read})


def _rounded(read: str) -> int:
    digits = "".join(letter for letter in read if letter in "0123456789.,")
    point = max(digits.rfind(","), digits.rfind("."))
    whole, cents = digits[:point].replace(".", "").replace(",", ""), digits[point + 1 :]
    return int(Decimal(f"{whole or 0}.{cents or 0}").quantize(Decimal(1), rounding=ROUND_HALF_UP))
