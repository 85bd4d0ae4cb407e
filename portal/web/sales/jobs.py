"""What the worker has to do, does, and could not do."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import flash, g, redirect, render_template, url_for

from portal.errors import NotYours
from portal.models.quotes import Quote, QuoteRevision
from portal.models.work import Job, JobState
from portal.services.queue import revive
from portal.web.access import SALES, act, requires
from portal.web.lists import page_of
from portal.web.sales.panel import PER_PAGE, bp

KINDS = {
    "read-package": "Read a package",
    "quote-document": "Print a quote and send it",
    "promise-letter": "Tell a customer that a date has moved",
    "follow-floor": "Follow what the floor reported",
    "improve-queue": "Look for a better queue at night",
}


@bp.get("/jobs")
@requires(SALES)
def jobs() -> str:
    urgency = sa.case({JobState.DEAD: 0, JobState.LEASED: 1, JobState.WAITING: 2}, value=Job.state, else_=3)
    to_see = sa.or_(Job.state != JobState.DONE, Job.error != "")  # a job that is done may leave a notice for staff
    query = sa.select(Job).where(to_see).order_by(urgency, Job.run_after.desc(), Job.id.desc())
    done = g.session.scalar(sa.select(sa.func.count()).where(Job.state == JobState.DONE))
    page = page_of(query, "jobs", per_page=PER_PAGE)
    return render_template(
        "sales/jobs/index.html", page=page, done=done, kinds=KINDS, about=what_they_are_about(page.items)
    )


def what_they_are_about(listed: Sequence[Job]) -> dict[int, tuple[str, str]]:
    """(label, address) of the package or the quote behind each job that has one."""
    packages = {
        job.id: (job.subject, url_for("packages.show", reference=job.subject))
        for job in listed
        if job.kind == "read-package"
    }
    revisions = {int(job.subject): job.id for job in listed if job.kind == "quote-document"}
    query = sa.select(QuoteRevision.id, QuoteRevision.number, Quote.reference).join(QuoteRevision.quote)
    found = g.session.execute(query.where(QuoteRevision.id.in_(revisions)))
    return packages | {
        revisions[number]: (f"{reference}, revision {revision}", url_for("sales.quote", reference=reference))
        for number, revision, reference in found
    }


@bp.post("/jobs/<int:number>/retry")
@requires(SALES)
def retry(number: int) -> Any:
    job = g.session.get(Job, number)
    if job is None:
        raise NotYours("job")
    revive(g.session, job, act("asked for in the list of jobs"))
    flash("The job waits again, and the worker takes it up within a second.", "done")
    return redirect(url_for("sales.jobs"))
