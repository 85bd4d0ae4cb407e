"""The endpoints of /api/v1: the same services as the pages, with JSON on both ends."""

from typing import Any, NoReturn

from flask import current_app, g, jsonify, request, url_for
from flask_openapi3 import APIBlueprint, OpenAPI
from pydantic import ValidationError
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge

from portal.board.report import design_report
from portal.errors import BadInput
from portal.intake.limits import LIMITS
from portal.models.files import Package
from portal.models.work import JobState
from portal.routing.options import BuildOptions, Speed
from portal.services.packages import (
    add_file,
    find_design,
    find_package,
    open_package,
    reading_job,
    refuse_beyond_day,
    start_reading,
    the_design,
)
from portal.services.snapshot import cell_value
from portal.web.access import act, open_to_everybody, remember_visitor
from portal.web.api.shapes import (
    Choice,
    Fault,
    FileInPackage,
    Opened,
    PackageState,
    Prices,
    Reference,
    Stored,
    Watched,
)
from portal.web.forms.choice import quantities_of
from portal.web.offers import offer

FAULTS = dict.fromkeys((400, 404, 409, 422, 429), Fault)

bp = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_responses=FAULTS)


def init_app(app: OpenAPI) -> None:
    app.validation_error_callback = refuse
    app.validation_error_model = Fault
    app.register_api(bp)


def refuse(error: ValidationError) -> NoReturn:
    """What does not have the shape that was described, in one sentence."""
    faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
    raise BadInput(f"{'; '.join(faults)}. Please see /api/v1/openapi.json for what is taken.")


@bp.get("/openapi.json", doc_ui=False)
@open_to_everybody
def description() -> Any:
    return jsonify(current_app.api_doc)


@bp.post("/packages", endpoint="open_package", summary="Open an empty package", responses={201: Opened})
@open_to_everybody
def opened() -> Any:
    remember_visitor()
    package = open_package(g.session, g.viewer, act())
    place = {"reference": package.reference}
    return {
        **place,
        "files_url": f"{url_for('api.package', **place)}/files/",
        "reading_url": url_for("api.start_reading", **place),
        "page_url": url_for("packages.show", **place),
    }, 201


@bp.put(
    "/packages/<reference>/files/<name>",
    endpoint="put_file",
    summary="Put one file, as it is, with its length and its SHA-256 in X-Content-SHA256",
    responses={201: Stored, 411: Fault, 413: Fault, 429: Fault, 507: Fault},
    openapi_extensions={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)
@open_to_everybody
def file_put(path: FileInPackage) -> Any:
    refuse_beyond_day(
        g.session, find_package(g.session, path.reference, g.viewer), more=length_of_upload(), at=act().at
    )
    g.session.rollback()  # nobody else waits for the database while a slow upload streams
    announced = request.headers.get("X-Content-SHA256", "")
    files = current_app.extensions["files"]
    received = files.receive(request.stream, length=length_of_upload(), sha256=announced)
    package = find_package(g.session, path.reference, g.viewer)
    add_file(g.session, package, path.name, received=received, act=act(), files=files)
    return {"sha256": received.sha256, "bytes": received.bytes}, 201


def length_of_upload() -> int:
    if request.content_length is None:
        raise LengthRequired
    if request.content_length > LIMITS.package_bytes:
        raise RequestEntityTooLarge
    return request.content_length


@bp.post("/packages/<reference>/reading", endpoint="start_reading", summary="Have it read", responses={202: Watched})
@open_to_everybody
def reading_started(path: Reference) -> Any:
    start_reading(g.session, find_package(g.session, path.reference, g.viewer), act())
    return {"page_url": url_for("packages.show", reference=path.reference)}, 202


@bp.get("/packages/<reference>", summary="How far its reading is", responses={200: PackageState})
@open_to_everybody
def package(path: Reference) -> Any:
    found = find_package(g.session, path.reference, g.viewer)
    job = reading_job(g.session, found)
    return {
        "reference": found.reference,
        "state": state_of(found, job.state if job else None),
        "step": job.step if job else None,
        "refused": found.refused,
        "design_url": url_for("api.design", reference=found.newest.reference) if found.designs else None,
    }


def state_of(found: Package, job: JobState | None) -> str:
    if found.designs:
        return "read"
    if found.refused or job is JobState.DEAD:
        return "refused"
    return {None: "open", JobState.WAITING: "waiting"}.get(job, "reading")


@bp.get("/designs/<reference>", summary="The board as it was read")
@open_to_everybody
def design(path: Reference) -> Any:
    kept = find_design(g.session, path.reference, g.viewer)
    return {"name": kept.name, **design_report(the_design(kept))}


@bp.get("/designs/<reference>/prices", summary="Price cells with every line and reason", responses={200: Prices})
@open_to_everybody
def prices(path: Reference, query: Choice) -> Any:
    kept = find_design(g.session, path.reference, g.viewer)
    offered = offer(the_design(kept), BuildOptions(), asked_quantities(query), speeds=asked_speeds(query))
    return {
        "currency": offered.currency,
        "shop_versions": offered.shop_versions,
        "cells": [cell_value(cell) for cell in offered.cells],
    }


def asked_quantities(query: Choice) -> tuple[int, ...]:
    try:
        return quantities_of(query.quantities)
    except ValueError as fault:
        raise BadInput(str(fault)) from fault


def asked_speeds(query: Choice) -> tuple[Speed, ...]:
    try:
        return tuple(dict.fromkeys(Speed(word.strip()) for word in query.speeds.split(",")))
    except ValueError as fault:
        raise BadInput("A speed is standard or express. Please correct the speeds.") from fault
