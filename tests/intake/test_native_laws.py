"""Whatever is done to a job or a file, its reader answers a board or refuses with what to do."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipc2581_made import ipc
from odb_jobs_made import files, members

from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake.ipc2581 import read_ipc2581
from portal.intake.odb import read_odb

JOB = files(
    top="UNITS=MM\n$0 r1000\n$1 rect2000x1000xr200\n@0 .smd\n&0 PAD\nP 9 20 0 P 0 8 30.5;0\nP 9 2 -1 1 1.5 N 0 9 1\n"
    "L 9 20 40 20 1 P 0\nA 0 10 10 0 0 0 0 P 0 Y\nT 1 1 standard P 0 1 1 1 'ABC' 1\n"
    "S P 0\nOB 0 0 I\nOS 0 10\nOC 10 0 5 5 N\nOE\nOB 2 1 H\nOS 3 1\nOS 3 2\nOE\nSE\n"
)
PATHS = sorted(JOB)
FILE = ipc()
NASTY = ("nan", "inf", "-1", "1e400", "999999999999", "", "0", "\0", "P", "N", "{", "}", "%", ";", "\n", "é", "I", "-0")
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), st.sampled_from(NASTY)), min_size=1, max_size=4)


def edited(data, changes):
    """Some bytes at some places are left out, and something nasty stands there."""
    for where, removed, put in changes:
        at = int(where * len(data))
        data = data[:at] + put.encode() + data[at + removed :]
    return data


def holds(board):
    """What every room may rely on."""
    for layer in board.stack.layers:
        bounds = layer.artwork.bounds_mm()
        assert bounds is None or np.isfinite(bounds).all()
        assert layer.artwork.flashes.aperture.max(initial=-1) < len(layer.artwork.apertures)
    for placement in board.placements:
        assert np.isfinite((placement.x_mm, placement.y_mm, placement.rotation_deg)).all()
    measure(board.stack)


@given(path=st.sampled_from(PATHS), changes=edits)
def test_any_edit_of_a_job_is_read_or_refused(path, changes):
    texts = JOB | {path: edited(JOB[path].encode(), changes)}

    with suppress(PackageRefused):
        holds(read_odb(members(texts), name="odbjob"))


@given(path=st.sampled_from(PATHS), share=st.floats(0, 1))
def test_a_job_cut_off_anywhere_is_read_or_refused(path, share):
    texts = JOB | {path: JOB[path][: int(share * len(JOB[path]))]}

    with suppress(PackageRefused):
        holds(read_odb(members(texts), name="odbjob"))


@given(missing=st.sets(st.sampled_from(PATHS)))
def test_a_job_that_lacks_files_is_read_or_refused(missing):
    with suppress(PackageRefused):
        holds(read_odb(members(JOB | dict.fromkeys(missing)), name="odbjob"))


@given(path=st.sampled_from(PATHS), data=st.binary(max_size=200), magic=st.booleans())
def test_any_bytes_in_place_of_a_file_are_read_or_refused(path, data, magic):
    with suppress(PackageRefused):
        holds(read_odb(members(JOB | {path: b"\x1f\x9d\x90" * magic + data}), name="odbjob"))


WORDS = st.sampled_from(
    ["P", "L", "A", "S", "OB", "OS", "OC", "OE", "SE", "T", "$0", "@0", "I", "H", "Y", "8", "9", "-1"]
)
NUMBERS = st.one_of(st.integers(-5, 5), st.floats(-100, 100)).map(str)
LINES = st.lists(st.lists(st.one_of(WORDS, NUMBERS), max_size=9).map(" ".join), max_size=30).map("\n".join)


@given(text=LINES)
def test_any_records_are_a_layer(text):
    board = read_odb(members(JOB | {"steps/pcb/layers/top/features": f"UNITS=MM\n$0 r100\n{text}"}), name="odbjob")

    holds(board)


@given(changes=edits)
def test_any_edit_of_an_xml_file_is_read_or_refused(changes):
    with suppress(PackageRefused):
        holds(read_ipc2581(edited(FILE, changes), name="board.xml"))


@given(share=st.floats(0, 0.999))
def test_an_xml_file_cut_off_anywhere_is_refused(share):
    with pytest.raises(PackageRefused):
        read_ipc2581(FILE[: int(share * len(FILE.rstrip()))], name="board.xml")


ATTRIBUTES = ("x", "y", "diameter", "quantity", "rotation", "nx", "sequence", "width", "startX", "lineWidth")


@given(name=st.sampled_from(ATTRIBUTES), value=st.one_of(st.sampled_from(["nan", "inf", "", "x", "1e999"]), NUMBERS))
def test_any_number_in_an_xml_file_is_read_or_refused(name, value):
    shapes = '<Set><Features><Line startX="1" startY="1" endX="2" endY="2"/></Features></Set>'
    text = ipc(more="").decode().replace('<LayerFeature layerRef="TOP">', f'<LayerFeature layerRef="TOP">{shapes}')
    before, _, after = text.partition(f' {name}="')
    _, _, rest = after.partition('"')

    with suppress(PackageRefused):
        holds(read_ipc2581(f'{before} {name}="{value}"{rest}'.encode(), name="board.xml"))
