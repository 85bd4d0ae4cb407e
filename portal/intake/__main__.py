"""The child of portal.gateways.reader: sets its limits, then reads one package and says JSON lines on stdout.

What the customer said about his files comes as JSON on stdin (corrections_text.py), empty where he said nothing.
"""

import argparse
import base64
import json
import resource
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.errors import PackageRefused
from portal.intake.limits import LIMITS

CAPS = {
    resource.RLIMIT_AS: LIMITS.address_space_bytes,
    resource.RLIMIT_CPU: LIMITS.cpu_s,
    resource.RLIMIT_NOFILE: LIMITS.open_files,
    resource.RLIMIT_FSIZE: LIMITS.written_bytes,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,  # it starts nothing; the kernel counts for everybody but the machine's own root
}


def main() -> None:
    limit_myself()
    asked = argparse.ArgumentParser()
    asked.add_argument("path", type=Path)
    asked.add_argument("--name", required=True)
    asked.add_argument("--take")
    asked.add_argument("--capabilities", type=Path)
    asked.add_argument("--inside", action="store_true")
    given = asked.parse_args()
    given.name = given.name.encode(errors="replace").decode()  # a file's name need not be text
    for answer in (seen_inside if given.inside else answers)(given, sys.stdin.read()):
        say(answer)


def limit_myself() -> None:
    for limit, value in CAPS.items():
        resource.setrlimit(limit, (value, value))


def answers(given: argparse.Namespace, said: str) -> Iterator[Mapping[str, object]]:
    """The design, the pictures, the design with everything measured; or the refusal."""
    from portal.board.capability import read_capabilities  # noqa: PLC0415 - after the limits
    from portal.board.record import design_to_json  # noqa: PLC0415 - after the limits
    from portal.intake.corrections_text import corrections_from_json  # noqa: PLC0415 - after the limits
    from portal.intake.reading import read_in_stages  # noqa: PLC0415 - after the limits

    table = given.capabilities
    try:
        stages = read_in_stages(
            given.path,
            name=given.name,
            take=given.take,
            corrections=corrections_from_json(said),
            capabilities=read_capabilities(table.read_text("utf-8"), file=table.name) if table else None,
            progress=lambda step: say({"step": step}),
        )
        first = next(stages)
        yield {"reading": {"design": design_to_json(first.design), "seconds": first.seconds}}
        drawn = next(stages)
        thumbnails = {str(side): as_text(png) for side, png in drawn.thumbnails.items()}
        yield {"pictures": {str(side): svg for side, svg in drawn.pictures.items()}, "thumbnails": thumbnails}
        last = next(stages)
        films = [{"name": film.name, "file": film.file, "png": as_text(film.png)} for film in last.films]
        whole = {"design": design_to_json(last.design), "viewer": as_text(last.viewer), "films": films}
        yield whole | {"seconds": last.seconds}
    except PackageRefused as refusal:
        yield refused(refusal)


def seen_inside(given: argparse.Namespace, said: str) -> Iterator[Mapping[str, object]]:
    """Only what the dialogs show: the design is there already."""
    from portal.intake.corrections_text import corrections_from_json  # noqa: PLC0415 - after the limits
    from portal.intake.inside import inside_to_json  # noqa: PLC0415 - after the limits
    from portal.intake.looking import look_inside  # noqa: PLC0415 - after the limits

    try:
        yield {"inside": inside_to_json(look_inside(given.path, corrections_from_json(said)))}
    except PackageRefused as refusal:
        yield refused(refusal)


def refused(refusal: PackageRefused) -> Mapping[str, object]:
    return {"refused": {"code": refusal.code, "message": refusal.message, "remedy": refusal.remedy}}


def as_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def say(what: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
