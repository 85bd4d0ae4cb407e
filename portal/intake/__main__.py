"""The child of portal.gateways.reader: sets its limits, then reads one package and says JSON lines on stdout."""

import argparse
import json
import resource
import sys
from collections.abc import Mapping
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
    given = asked.parse_args()
    name = given.name.encode(errors="replace").decode()  # a file's name need not be text
    say(answer(given.path, name, given.take))


def limit_myself() -> None:
    for limit, value in CAPS.items():
        resource.setrlimit(limit, (value, value))


def answer(path: Path, name: str, take: str | None) -> Mapping[str, object]:
    from portal.board.record import design_to_json  # noqa: PLC0415 - after the limits
    from portal.intake.reading import read_package  # noqa: PLC0415 - after the limits

    try:
        reading = read_package(path, name=name, take=take, progress=lambda step: say({"step": step}))
    except PackageRefused as refusal:
        return {"refused": {"code": refusal.code, "message": refusal.message, "remedy": refusal.remedy}}
    pictures = {str(side): svg for side, svg in reading.pictures.items()}
    return {"reading": {"design": design_to_json(reading.design), "pictures": pictures, "seconds": reading.seconds}}


def say(what: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
