"""How long gerbonara needs for each Gerber file named on stdin: python gerbonara_parse.py REPEATS.

Prints "least CPU seconds of the parse <tab> with the bounding box", or "failed", as soon as it is known.
"""

import contextlib
import io
import sys
import time
import warnings
from pathlib import Path

from gerbonara import GerberFile

warnings.simplefilter("ignore")


def once(text: str) -> tuple[float, float]:
    started = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):  # 1.6 prints while it measures
        layer = GerberFile.from_string(text)
        parsed = time.process_time()
        layer.bounding_box()
    return parsed - started, time.process_time() - started


def timed(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        parse, box = zip(*(once(text) for _ in range(int(sys.argv[1]))), strict=True)
    except Exception as refusal:  # noqa: BLE001 it refuses with whatever comes up
        return f"failed {type(refusal).__name__}"
    return f"{min(parse):.6f}\t{min(box):.6f}"


for line in sys.stdin:
    print(timed(Path(line.strip())), flush=True)
