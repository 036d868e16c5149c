"""Safe reading and writing of XLSX and CSV as villages make them. Knows no Django."""

from rembuk.shared.sheets.reading import LIMITS, Limits, Workbook, open_sheets, read_file
from rembuk.shared.sheets.writing import csv_bytes, guarded, xlsx_bytes

__all__ = ["LIMITS", "Limits", "Workbook", "csv_bytes", "guarded", "open_sheets", "read_file", "xlsx_bytes"]
