"""Files packed by `compress` (.Z, LZW), as ODB++ jobs hold them: unpacked in memory, and no further than is plausible.

Written here because Python has no reader of it and an ODB++ job must not depend on what else is installed.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from portal.errors import PackageRefused
from portal.intake.limits import LIMITS, MIB
from portal.intake.zips import damaged

MAGIC = b"\x1f\x9d"
NARROWEST, WIDEST = 9, 16
BLOCK_MODE, WIDTH_BITS = 0x80, 0x1F
CLEAR = 256
AT_ONCE = 65_536  # codes, a multiple of eight
HARMLESS_BYTES = 4 * MIB


def is_compressed(data: bytes) -> bool:
    return data.startswith(MAGIC)


def uncompressed(data: bytes) -> bytes:
    """Raises PackageRefused for what is damaged, cut off, or grows more than any text does."""
    if len(data) < 3 or not NARROWEST <= data[2] & WIDTH_BITS <= WIDEST:
        raise damaged("a .Z file in it cannot be unpacked")
    most = min(LIMITS.member_bytes, max(HARMLESS_BYTES, LIMITS.ratio * len(data)))
    return b"".join(_Table(data[2], most).entries(data[3:]))


class _Table:
    """What each code stands for: an earlier entry and one byte more, so the table is no larger than its text."""

    def __init__(self, flags: int, most_bytes: int) -> None:
        self._has_clear = bool(flags & BLOCK_MODE)
        self._widest = flags & WIDTH_BITS
        self._left = most_bytes
        self._reset()

    def _reset(self) -> None:
        self._known = [bytes((value,)) for value in range(256)] + [b""] * self._has_clear
        self._last = b""
        self._width = NARROWEST

    def entries(self, packed: bytes) -> Iterator[bytes]:
        """Codes come in runs of one width; each run is padded to groups of eight codes."""
        at = 0
        while at < len(packed):
            codes = self._run(packed, at)
            is_clear = np.flatnonzero(codes == CLEAR)[:1].tolist() if self._has_clear else []
            read = is_clear[0] + 1 if is_clear else len(codes)
            at += -(-read // 8) * self._width
            yield from self._texts(codes[: read - len(is_clear)].tolist())
            if is_clear:
                self._reset()
            elif len(self._known) >= 1 << self._width and self._width < self._widest:
                self._width += 1
            elif not read:
                return

    def _run(self, packed: bytes, at: int) -> NDArray[np.int64]:
        """The next codes of the width that holds now; fewer where the file ends."""
        room = (1 << self._width) - len(self._known) + (not self._last)  # the first code adds no entry
        most = room if self._width < self._widest else AT_ONCE
        piece = np.frombuffer(
            packed, dtype=np.uint8, count=min(len(packed) - at, -(-most * self._width // 8)), offset=at
        )
        bits = np.unpackbits(piece, bitorder="little")
        count = min(most, len(bits) // self._width)
        weights = 1 << np.arange(self._width, dtype=np.int64)
        rows: NDArray[np.uint8] = bits[: count * self._width].reshape(count, self._width)
        return rows @ weights

    def _texts(self, codes: list[int]) -> Iterator[bytes]:
        known, last, left, most = self._known, self._last, self._left, 1 << self._widest
        for code in codes:
            if code < len(known):
                entry = known[code]
            elif code == len(known) and last:
                entry = last + last[:1]
            else:
                raise damaged("a .Z file in it cannot be unpacked")
            left -= len(entry)
            if left < 0:
                raise _too_large()
            if last and len(known) < most:
                known.append(last + entry[:1])
            last = entry
            yield entry
        self._last, self._left = last, left


def _too_large() -> PackageRefused:
    return PackageRefused(
        "archive-bomb", "A .Z file grows more than any real one when it is unpacked.", "Send the job as a plain .tgz."
    )
