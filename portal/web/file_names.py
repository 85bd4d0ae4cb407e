"""Files are named on a page as people name them: without the folders, where no other file has that name."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath


def without_folders(text: str, names: Sequence[str]) -> str:
    """`text` with each of these files named by its last part alone; two of one name keep their folders.

    "packed/gerbers/top.gbr is not closed" → "top.gbr is not closed"
    """
    last = {name: PurePosixPath(name).name for name in names if "/" in name and name in text}
    alone = {name for name, times in Counter(PurePosixPath(name).name for name in names).items() if times == 1}
    for name in sorted(last, key=len, reverse=True):  # the longest first: one name may begin another
        if last[name] in alone:
            text = text.replace(name, last[name])
    return text
