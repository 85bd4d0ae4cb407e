"""The child of portal.gateways.reader: sets its limits, then reads one package and says JSON lines on stdout.

Where there are two processors it has a second process beside it (second.py) for the largest boards.

What the customer said about his files comes as JSON on stdin (corrections_text.py), empty where he said nothing.
"""

import argparse
import base64
import json
import os
import resource
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from portal.errors import PackageRefused
from portal.intake.limits import LIMITS
from portal.intake.second import Second

CAPS = {
    resource.RLIMIT_AS: LIMITS.address_space_bytes,
    resource.RLIMIT_CPU: LIMITS.cpu_s,
    resource.RLIMIT_NOFILE: LIMITS.open_files,
    resource.RLIMIT_FSIZE: LIMITS.written_bytes,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,  # from here on nothing is started; the kernel counts for all but the machine's own root
}


def main() -> None:
    second = Second(limit_myself) if has_two_processors() else None
    limit_myself()
    asked = argparse.ArgumentParser()
    asked.add_argument("path", type=Path)
    asked.add_argument("--name", required=True)
    asked.add_argument("--take")
    asked.add_argument("--capabilities", type=Path)
    asked.add_argument("--inside", action="store_true")
    given = asked.parse_args()
    given.name = given.name.encode(errors="replace").decode()  # a file's name need not be text
    said = sys.stdin.read()
    for answer in seen_inside(given, said) if given.inside else answers(given, said, second):
        say(answer)
    if second:
        second.close()


def has_two_processors() -> bool:
    return len(os.sched_getaffinity(0)) > 1


def limit_myself() -> None:
    for limit, value in CAPS.items():
        resource.setrlimit(limit, (value, value))


def answers(given: argparse.Namespace, said: str, second: Second | None) -> Iterator[Mapping[str, object]]:
    """The design, the pictures, the design with everything measured; or the refusal."""
    from portal.board.capability import read_capabilities  # noqa: PLC0415 - after the limits
    from portal.board.record import design_to_json  # noqa: PLC0415 - after the limits
    from portal.intake.corrections_text import corrections_from_json  # noqa: PLC0415 - after the limits
    from portal.intake.reading import read_in_stages  # noqa: PLC0415 - after the limits

    table = given.capabilities
    words = corrections_from_json(said)
    try:
        stages = read_in_stages(
            given.path,
            name=given.name,
            corrections=replace(words, take=given.take or words.take),
            capabilities=read_capabilities(table.read_text("utf-8"), file=table.name) if table else None,
            progress=lambda step: say({"step": step}),
            run=second.share if second else map,
        )
        first = next(stages)
        yield {"reading": {"design": design_to_json(first.design), "seconds": first.seconds}}
        drawn = next(stages)
        thumbnails = {str(side): as_text(png) for side, png in drawn.thumbnails.items()}
        yield {"pictures": {str(side): svg for side, svg in drawn.pictures.items()}, "thumbnails": thumbnails}
        last = next(stages)
        if second:
            second.close()
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
