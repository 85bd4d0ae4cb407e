"""The first page, and the sign of life."""

from typing import Any

from flask import Blueprint, render_template

from portal.intake.limits import LIMITS, MIB
from portal.web.access import open_to_everybody

bp = Blueprint("pages", __name__)


@bp.get("/")
@open_to_everybody
def home() -> str:
    return render_template("home/show.html", most_mb=LIMITS.package_bytes // MIB)


@bp.get("/health")
@open_to_everybody
def health() -> dict[str, Any]:
    return {"ok": True}
