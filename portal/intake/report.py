"""What `portal inspect` prints: the report of the design, and how long each step of the reading took."""

from typing import Any

from portal.board.report import design_report
from portal.intake.stages import Reading


def inspect_report(reading: Reading) -> dict[str, Any]:
    return {**design_report(reading.design), "seconds": reading.seconds}
