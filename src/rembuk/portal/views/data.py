"""Open data: the dictionary, and the tables of one year as CSV or JSON, sent row by row."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from rembuk.portal.cached import unknown
from rembuk.portal.opendata import TABLES, Row, Table
from rembuk.portal.queries.regency import years_of
from rembuk.regions.models import Regency
from rembuk.shared.sheets import guarded
from rembuk.shared.web import page

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
ROWS_SENT_AT_ONCE = 200


@page("portal.data")
def dictionary(request: HttpRequest) -> HttpResponse:
    """Which tables there are, what each column means, and where a year of them is."""
    regencies = [(regency, years_of(regency)) for regency in Regency.objects.order_by("code")]
    return render(request, "portal/data.html", {"tables": TABLES.items(), "regencies": regencies})


@page("portal.data")
def table(request: HttpRequest, regency: str, year: int, table: str, kind: str) -> HttpResponse:
    """One table of one year. Read and sent in parts, so that memory stays flat however many rows there are."""
    place = Regency.objects.filter(pk=regency).first()
    if place is None:
        return unknown(request, regency)
    if table not in TABLES or kind not in KINDS or year not in years_of(place):
        return render(request, "portal/no_data.html", {"regency": place, "years": years_of(place)}, status=404)
    wanted = TABLES[table]
    rows = wanted.rows(place, year)
    sent = as_csv(wanted, rows) if kind == "csv" else as_json(wanted, rows, place, year)
    response = StreamingHttpResponse(in_parts(sent), content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{table}-{regency}-{year}.{kind}"'
    return cast("HttpResponse", response)  # the door hands it on as it is


class Line:
    """Takes what the CSV writer writes and hands it on."""

    @staticmethod
    def write(text: str) -> str:
        return text


def as_csv(wanted: Table, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a CSV: UTF-8, comma, texts that a spreadsheet could run as a formula guarded."""
    writer = csv.writer(Line(), lineterminator="\n")
    yield writer.writerow(wanted.names)
    for row in rows:
        yield writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])


def as_json(wanted: Table, rows: Iterable[Row], regency: Regency, year: int) -> Iterator[str]:
    """Yield one JSON object with the rows as objects, a row a line."""
    head = {"tabel": str(wanted.title), "kabupaten": regency.name, "tahun": year}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "baris": ['
    comma = "\n"
    for row in rows:
        yield comma + json.dumps(dict(zip(wanted.names, row, strict=True)), ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def in_parts(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield the lines some hundred at a time."""
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        if len(kept) == ROWS_SENT_AT_ONCE:
            yield "".join(kept).encode()
            kept = []
    if kept:
        yield "".join(kept).encode()
