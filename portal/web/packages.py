"""A package while it is read: its steps, then the design, or the sentence why there is none."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, render_template, url_for
from sqlalchemy.orm import Session

from portal.models.files import Package
from portal.models.work import Job, JobState
from portal.services.packages import add_file, find_package, open_package, reading_job, start_reading
from portal.web.access import act, open_to_everybody, remember_visitor
from portal.web.live import Event, stream

bp = Blueprint("packages", __name__)

EXAMPLE = "sensor-node.zip"
BROKEN = "Something went wrong on our side while your files were read. We have been told, and will look at it."

# The steps of portal.intake.reading until the board can be shown, in their order, in the customer's words.
READING = {
    "unpack": "Opening the package",
    "roles": "Finding out what each file is",
    "copper": "Reading copper, mask and paste",
    "drills": "Reading the drill files",
    "bom": "Reading parts and placements",
    "checks": "Checking one against the other",
}


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    state: str
    detail: str = ""


@bp.get("/packages/<reference>")
@open_to_everybody
def show(reference: str) -> Any:
    package = find_package(g.session, reference, g.viewer)
    if package.designs:
        return redirect(url_for("designs.show", reference=package.newest.reference))
    job = reading_job(g.session, package)
    return render_template(
        "packages/show.html", package=package, job=job, steps=steps(job), refusal=refusal(package, job)
    )


@bp.get("/packages/<reference>/events")
@open_to_everybody
def events(reference: str) -> Response:
    package = find_package(g.session, reference, g.viewer)
    number, page = package.id, url_for("packages.show", reference=reference)
    fragment = current_app.jinja_env.get_template("packages/_steps.html")

    def version(session: Session) -> tuple[object, ...]:
        package = session.get_one(Package, number)
        job = reading_job(session, package)
        return len(package.designs), bool(package.refused), job and job.state, job and job.step

    def render(session: Session) -> Event:
        package = session.get_one(Package, number)
        job = reading_job(session, package)
        if package.designs or refusal(package, job):
            return Event(page, name="done")
        return Event(fragment.render(steps=steps(job)))

    return stream(version, render)


@bp.post("/packages/<reference>/reading")
@open_to_everybody
def read(reference: str) -> Any:
    start_reading(g.session, find_package(g.session, reference, g.viewer), act())
    return redirect(url_for("packages.show", reference=reference))


@bp.post("/packages/example")
@open_to_everybody
def example() -> Any:
    """The board that ships with the portal, taken in as if it had been dropped."""
    remember_visitor()
    data = (current_app.extensions["settings"].config_dir / "examples" / EXAMPLE).read_bytes()
    package = open_package(g.session, g.viewer, act("example"))
    add_file(g.session, package, EXAMPLE, received=current_app.extensions["files"].put(data), act=act())
    start_reading(g.session, package, act())
    return redirect(url_for("packages.show", reference=package.reference))


def refusal(package: Package, job: Job | None) -> str | None:
    """Why there will be no design, in a sentence; None while there may still be one."""
    if package.refused:
        return package.refused
    return BROKEN if job and job.state is JobState.DEAD else None


def steps(job: Job | None) -> list[Step]:
    """What the page shows while it waits: a step is done when the reader has gone on to a later one."""
    received = Step("Your files have arrived", "done")
    if job is None or job.state is JobState.WAITING:
        waits = (
            Step("Waiting for a free reader", "running") if job else Step("Reading has not been asked for", "waiting")
        )
        return [received, waits, *(Step(words, "waiting") for words in READING.values())]
    names = list(READING)
    now = names.index(job.step) if job.step in READING else 0
    states = ("done",) * now + ("running",) + ("waiting",) * (len(names) - now - 1)
    return [received, *(Step(words, state) for words, state in zip(READING.values(), states, strict=True))]
