"""A price to take away: as JSON or as CSV, each enough for docs/recompute.py to add it up to the cent."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app
from werkzeug.utils import secure_filename

from portal.costing.export import csv_of_cell
from portal.costing.lines import CostSheet


def download(sheet: CostSheet, value: Mapping[str, Any], *, kind: str, name: str) -> Response:
    """`value` is all that is known of the price; the CSV has its lines alone."""
    if kind == "csv":
        response = Response(csv_of_cell(sheet, currency=value["currency"]), mimetype="text/csv")
    else:
        response = current_app.json.response(dict(value))
    file = f"{secure_filename(name) or 'board'}-{sheet.quantity}-{sheet.speed}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
