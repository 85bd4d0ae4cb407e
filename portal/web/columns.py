"""The mapping dialog: the first rows of a table, and what its owner calls each column."""

from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from portal.board.design import Design, FileRole
from portal.errors import BadInput
from portal.intake.inside import TABLES, Inside
from portal.models.files import DesignRecord
from portal.models.work import JobState
from portal.services.corrections import inside_job, inside_of
from portal.services.packages import find_design, the_design
from portal.web.access import open_to_everybody
from portal.web.corrections import company_of, read_again
from portal.web.forms.columns import ColumnsForm, Shown
from portal.web.forms.corrections import file_of
from portal.web.live import Event, stream

bp = Blueprint("columns", __name__)


@bp.get("/designs/<reference>/columns")
@open_to_everybody
def show(reference: str) -> Any:
    """The dialog of one sheet; while the package is being opened, a page that waits for it."""
    kept = find_design(g.session, reference, g.viewer)
    inside = inside_of(g.session, kept)
    if inside is None:
        return waiting_page(kept)
    if "file" not in request.args:
        return redirect(url_for("corrections.files", reference=reference))
    shown = shown_of(inside, the_design(kept))
    return columns_page(kept, inside, shown=shown, form=ColumnsForm.about(shown) if shown else None)


@bp.get("/designs/<reference>/columns/events")
@open_to_everybody
def events(reference: str) -> Response:
    kept = find_design(g.session, reference, g.viewer)
    number = kept.id

    def version(session: Session) -> bool:
        return is_waiting(session, session.get_one(DesignRecord, number))

    def render(session: Session) -> Event:
        if is_waiting(session, session.get_one(DesignRecord, number)):
            return Event("Opening your package …")
        return Event("", name="done")

    return stream(version, render)


@bp.post("/designs/<reference>/columns")
@open_to_everybody
def name_columns(reference: str) -> Any:
    kept = find_design(g.session, reference, g.viewer)
    inside = inside_of(g.session, kept)
    shown = shown_of(inside, the_design(kept)) if inside else None
    if inside is None or shown is None:
        raise BadInput("This table has not been opened. Open it from the page of the board and send it again.")
    form = ColumnsForm.about(shown, request.form)
    problem = form.problem(shown.role) if form.validate() else "Please choose from the lists."
    if problem:
        return columns_page(kept, inside, shown=shown, form=form, problem=problem), 422
    return read_again(kept, form.corrections(shown), lasting=form.lasting(shown) if form.remember.data else None)


def is_waiting(session: Session, kept: DesignRecord) -> bool:
    job = inside_job(session, kept)
    return inside_of(session, kept) is None and job is not None and job.state is not JobState.DEAD


def waiting_page(kept: DesignRecord) -> str:
    job = inside_job(g.session, kept)
    is_broken = job is not None and job.state is JobState.DEAD
    waits = is_waiting(g.session, kept)
    file = request.args.get("file", "")
    return render_template("designs/opening.html", kept=kept, waits=waits, is_broken=is_broken, file=file)


def columns_page(
    kept: DesignRecord,
    inside: Inside,
    *,
    shown: Shown | None,
    form: ColumnsForm | None,
    problem: str | None = None,
) -> str:
    here = {"reference": kept.reference, "file": request.args.get("file", "")}
    kinds = [
        (
            words,
            url_for("columns.show", **here, sheet=sheet_number(), role=role.value),
            bool(shown and shown.role is role),
        )
        for words, role in (("A bill of materials", FileRole.BOM), ("A centroid file", FileRole.CENTROID))
    ]
    sheets = [
        (sheet.name or "Sheet 1", url_for("columns.show", **here, sheet=at), bool(shown and sheet is shown.sheet))
        for at, sheet in enumerate(sheets_of(inside, shown))
    ]
    context = {"kept": kept, "shown": shown, "form": form, "problem": problem, "kinds": kinds, "sheets": sheets}
    return render_template("designs/columns.html", **context, company_id=company_of(kept))


def sheets_of(inside: Inside, shown: Shown | None) -> Any:
    return next((table.sheets for table in inside.tables if shown and table.name == shown.file.name), ())


def sheet_number() -> int:
    given = request.args.get("sheet", "0")
    return int(given) if given in {"0", "1", "2", "3", "4", "5", "6", "7"} else 0


def shown_of(inside: Inside, design: Design) -> Shown | None:
    """The sheet that the address names; None where the file could not be opened as a table."""
    file = file_of(design, request.args.get("file"))
    table = next((table for table in inside.tables if table.name == file.name), None)
    if table is None or not table.sheets:
        return None
    sheet = table.sheets[min(sheet_number(), len(table.sheets) - 1)]
    asked = request.args.get("role")
    own = file.role if file.role in TABLES else sheet.role or table.role or FileRole.BOM
    return Shown(file, next((role for role in TABLES if role.value == asked), own), sheet)
