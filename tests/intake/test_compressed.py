"""Files that `compress` packed, as older ODB++ jobs hold them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odb_jobs_made import packed

from portal.errors import PackageRefused
from portal.intake.compressed import is_compressed, uncompressed

TEXT = b"L 0.1 0.2 0.3 0.4 1 P 0\n" * 2_000


@pytest.mark.parametrize("widest", [10, 12, 16])
def test_a_packed_file_comes_back_as_it_was(widest):
    assert uncompressed(packed(TEXT, widest=widest)) == TEXT


def test_a_packed_file_is_known_by_its_first_bytes():
    assert is_compressed(packed(TEXT))
    assert not is_compressed(TEXT)


def test_a_file_that_clears_its_table_begins_anew():
    [first, second] = packed(b"PAD 10\n", widest=16), packed(b"LINE 2\n", widest=16)
    codes = [*_codes(first), 256]
    padded = _nine_bits([*codes, *[0] * (-len(codes) % 8)]) + second[3:]

    assert uncompressed(first[:3] + padded) == b"PAD 10\nLINE 2\n"


def _codes(data):
    number = int.from_bytes(data[3:], "little")
    return [number >> 9 * at & 511 for at in range((len(data) - 3) * 8 // 9)]


def _nine_bits(codes):
    number = sum(code << 9 * at for at, code in enumerate(codes))
    return number.to_bytes(-(-9 * len(codes) // 8), "little")


def test_an_empty_file_stays_empty():
    assert uncompressed(packed(b"")) == b""


@pytest.mark.parametrize("flags", [0x88, 0x91, 0xFF])
def test_code_widths_that_compress_never_writes_are_refused(flags):
    with pytest.raises(PackageRefused, match="damaged"):
        uncompressed(b"\x1f\x9d" + bytes((flags,)) + b"PAD")


def test_a_header_alone_is_refused():
    with pytest.raises(PackageRefused, match="Pack the files again"):
        uncompressed(b"\x1f\x9d")


def test_a_code_that_stands_for_nothing_yet_is_refused():
    with pytest.raises(PackageRefused):
        uncompressed(b"\x1f\x9d\x90" + _nine_bits([65, 400]))


def test_zeros_without_end_are_refused_before_they_fill_the_memory():
    bomb = packed(bytes(8 * 1024 * 1024), widest=16)

    with pytest.raises(PackageRefused) as refusal:
        uncompressed(bomb)

    assert refusal.value.code == "archive-bomb"


@given(data=st.binary(max_size=400))
def test_whatever_was_packed_is_unpacked(data):
    assert uncompressed(packed(data)) == data


@given(data=st.binary(max_size=300), widest=st.integers(0, 255))
def test_any_bytes_are_unpacked_or_refused(data, widest):
    with suppress(PackageRefused):
        assert len(uncompressed(b"\x1f\x9d" + bytes((widest,)) + data)) < 200_000
