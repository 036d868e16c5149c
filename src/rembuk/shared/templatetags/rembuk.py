"""Template tags used everywhere: icons, money, dates, chips, bars. Loaded as built-ins."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat, Role
from rembuk.core.lists import regional_agencies
from rembuk.core.permissions import TABLE, Placed
from rembuk.shared import roles

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """Name a role code in words."""
    return roles.role_name(role)


@register.filter
def hat_place(hat: Hat) -> str:
    """Name the agency or the place of a hat; a hat without a place sees the whole country."""
    agency = regional_agencies().get(hat.agency)
    return agency.name if agency else hat.place_name or _("seluruh Indonesia")


@register.filter
def hat_words(label: str) -> str:
    """Write the label of a hat as it was stored (``SDK Desa Melintang``) with the role in words."""
    code, _space, place = label.partition(" ")
    if code not in Role.__members__:
        return label
    return f"{role_name(code)}, {place}" if place else role_name(code)


@register.simple_tag(takes_context=True)
def may(context: template.Context, act: str, target: Placed) -> bool:
    """Ask the table of permissions: ``{% may "proposals.view" row.proposal as readable %}``."""
    return TABLE.allows(context["hat"], act, target)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; always beside words, so it is hidden from screen readers."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" i-{size}" if size else "",
        static("rembuk/icons.svg"),
        name,
    )


@register.filter
def rupiah(value: int | None) -> SafeString | str:
    """Write whole rupiah as ``Rp1.250.000``; zero is a value, None is a dash."""
    if value is None:
        return "–"
    return format_html('<span class="money">{}Rp{}</span>', "−" if value < 0 else "", thousands(abs(value)))


@register.filter
def angka(value: Any) -> str:
    """Write a number with dot thousands and comma decimals, without trailing zeros."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal | float):
        whole, _dot, fraction = f"{Decimal(str(value)):f}".partition(".")
        fraction = fraction.rstrip("0")
        sign = "-" if whole.startswith("-") else ""
        return sign + thousands(abs(int(whole))) + ("," + fraction if fraction else "")
    return thousands(int(value))


def thousands(value: int) -> str:
    return f"{value:,}".replace(",", ".")


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """Write a date as ``30 September 2026``."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "j F Y")


@register.filter
def waktu(value: datetime | None) -> str:
    """Write a moment as ``30 September 2026 08.42 WITA``."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{date_format(local, 'j F Y H.i')} {local.tzname()}"


CHIP_ICONS = {"ok": "check", "due": "due", "late": "late", "paused": "paused", "next": "next"}


@register.simple_tag
def chip(state: str, words: str) -> SafeString:
    """A state with icon and words, never colour alone. state: ok | due | late | paused | next."""
    return format_html('<span class="chip {}">{}{}</span>', state, icon(CHIP_ICONS[state]), words)


@register.simple_tag
def deadline(due: date | None, today: date, done: date | None = None) -> SafeString | str:
    """Chip of a deadline: done (late or not), days left, or days over."""
    if due is None:
        return ""
    if done is not None:
        late = (done - due).days
        if late > 0:
            return chip("ok", _("%(date)s, terlambat %(days)d hari") % {"date": tanggal(done), "days": late})
        return chip("ok", str(tanggal(done)))
    left = (due - today).days
    if left < 0:
        return chip("late", _("terlambat %(days)d hari") % {"days": -left})
    if left == 0:
        return chip("due", _("hari ini"))
    state = "due" if left <= 14 else "next"
    return chip(state, _("%(date)s, %(days)d hari lagi") % {"date": tanggal(due), "days": left})


@register.simple_tag
def bar(value: int, limit: int, label: str, size: str = "") -> SafeString:
    """A bar of *value* against *limit*, exact, with the part over the limit in red."""
    top = max(value, limit, 1)
    inside = 100 * min(value, limit) / top
    parts = [format_html('<rect class="fg" width="{}%" height="100%"/>', f"{inside:.2f}")]
    if value > limit:
        parts.append(
            format_html(
                '<rect class="over" x="{}%" width="{}%" height="100%"/>', f"{inside:.2f}", f"{100 - inside:.2f}"
            )
        )
    return format_html(
        '<svg class="bar{}" role="img" aria-label="{}"><rect class="bg" width="100%" height="100%"/>{}</svg>',
        f" bar-{size}" if size else "",
        label,
        SafeString("".join(parts)),
    )


@register.filter
def attr(field: Any, text: str) -> SafeString:
    """Render a bound form field with extra attributes: ``{{ field|attr:"class=input,rows=3" }}``."""
    attributes = dict(pair.split("=", 1) for pair in text.split(","))
    return field.as_widget(attrs={**field.field.widget.attrs, **attributes})  # type: ignore[no-any-return]


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The present address with some filters changed; an empty value removes one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    text = query.urlencode()
    return f"?{text}" if text else "?"
