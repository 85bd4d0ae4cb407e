"""One board written as Gerber, as ODB++ and as IPC-2581 is read as one and the same board."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipc2581_made import LAYERS, PROFILE, features, ipc, step
from odb_jobs_made import files, members

from portal.board.artwork import DrillHits
from portal.board.design import FileRole, Side
from portal.board.measure import measure
from portal.board.solid import solid
from portal.board.stack import Layer, Stack
from portal.intake.drill import read_drill
from portal.intake.gerber import read_gerber
from portal.intake.ipc2581 import read_ipc2581
from portal.intake.odb import read_odb

EDGE = "%FSLAX46Y46*%%MOMM*%%ADD10C,0.1*%D10*X0Y0D02*X80000000D01*Y50000000D01*X0D01*Y0D01*M02*"
PADS = st.tuples(st.just("pad"), st.integers(2, 78), st.integers(2, 48), st.sampled_from([1.0, 1.5, 2.25]))
BARS = st.tuples(st.just("bar"), st.integers(4, 76), st.integers(4, 46), st.sampled_from([0, 90, 180, 270]))
TRACKS = st.tuples(st.just("track"), st.integers(2, 40), st.integers(2, 48), st.integers(41, 78))
PLANES = st.tuples(st.just("plane"), st.integers(1, 30), st.integers(1, 20), st.integers(5, 25))
SCENES = st.lists(st.one_of(PADS, BARS, TRACKS, PLANES), min_size=1, max_size=12)


def um(length):
    return round(length * 1e6)


def as_gerber(scene):
    text = "%FSLAX46Y46*%%MOMM*%%ADD10C,1*%%ADD11C,1.5*%%ADD12C,2.25*%%ADD13R,2X1*%%ADD14R,1X2*%%ADD15C,0.2*%\n"
    for kind, x, y, more in scene:
        at = f"X{um(x)}Y{um(y)}"
        if kind == "pad":
            text += f"D{10 + [1.0, 1.5, 2.25].index(more)}*{at}D03*\n"
        elif kind == "bar":
            text += f"D{13 + more // 90 % 2}*{at}D03*\n"
        elif kind == "track":
            text += f"D15*{at}D02*G01*X{um(more)}Y{um(y)}D01*\n"
        else:
            text += f"G36*{at}D02*G01*X{um(x + more)}D01*Y{um(y + more)}D01*X{um(x)}D01*Y{um(y)}D01*G37*\n"
    return f"{text}M02*"


def as_odb(scene):
    text = "UNITS=MM\n$0 r1000\n$1 r1500\n$2 r2250\n$3 rect2000x1000\n$4 r200\n"
    for kind, x, y, more in scene:
        if kind == "pad":
            text += f"P {x} {y} {[1.0, 1.5, 2.25].index(more)} P 0 8 0\n"
        elif kind == "bar":
            text += f"P {x} {y} 3 P 0 8 {more}\n"
        elif kind == "track":
            text += f"L {x} {y} {more} {y} 4 P 0\n"
        else:
            x1, y1 = x + more, y + more
            text += f"S P 0\nOB {x} {y} I\nOS {x1} {y}\nOS {x1} {y1}\nOS {x} {y1}\nOS {x} {y}\nOE\nSE\n"
    return text


def as_ipc(scene):
    text = ""
    for kind, x, y, more in scene:
        at = f'<Location x="{x}" y="{y}"/>'
        if kind == "pad":
            text += f'<Set><Pad>{at}<Circle diameter="{more}"/></Pad></Set>'
        elif kind == "bar":
            text += f'<Set><Pad><Xform rotation="{more}"/>{at}<StandardPrimitiveRef id="bar"/></Pad></Set>'
        elif kind == "track":
            line = f'<Line startX="{x}" startY="{y}" endX="{more}" endY="{y}"><LineDescRef id="thin"/></Line>'
            text += f"<Set><Features>{line}</Features></Set>"
        else:
            corners = ((more, 0), (more, more), (0, more), (0, 0))
            steps = "".join(f'<PolyStepSegment x="{dx}" y="{dy}"/>' for dx, dy in corners)
            ring = f'<Contour><Polygon><PolyBegin x="0" y="0"/>{steps}</Polygon></Contour>'
            text += f"<Set><Features>{at}{ring}</Features></Set>"
    return text


HOLES = ((10.0, 10.0, 0.3), (20.5, 12.25, 1.0))
EXCELLON = "M48\nMETRIC,TZ\nT1C0.3\nT2C1.0\n%\nT1\nX10.0Y10.0\nT2\nX20.5Y12.25\nM30\n"


def gerber_stack(scene, drilled=()):
    layers = (
        Layer(FileRole.COPPER, read_gerber(as_gerber(scene).encode()), "top.gbr", Side.TOP, 1),
        Layer(FileRole.OUTLINE, read_gerber(EDGE.encode()), "edge.gbr"),
    )
    return Stack(layers, drilled)


def odb_stack(scene, drill="UNITS=MM\n"):
    texts = files(top=as_odb(scene), bottom=None, drill=drill)
    return read_odb(members(texts), name="job").stack


def ipc_stack(scene, holes=""):
    sets = features("TOP", as_ipc(scene)) + features("DRILL", holes)
    return read_ipc2581(ipc(steps=step(sets, profile=PROFILE), layers=LAYERS), name="board.xml").stack


def copper(stack):
    [layer] = [layer for layer in stack.layers if layer.role is FileRole.COPPER]
    return layer.artwork


STACKS = {"ODB++": odb_stack, "IPC-2581": ipc_stack}


@pytest.mark.parametrize("read", STACKS.values(), ids=STACKS)
@given(scene=SCENES)
def test_the_copper_covers_the_same_ground(read, scene):
    ours, theirs = (solid(copper(stack), (0, 0, 80, 50)) for stack in (read(scene), gerber_stack(scene)))

    assert ours.symmetric_difference(theirs).area == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("read", STACKS.values(), ids=STACKS)
@given(scene=SCENES)
def test_the_copper_has_the_same_extent_and_as_many_things(read, scene):
    ours, theirs = copper(read(scene)), copper(gerber_stack(scene))

    assert ours.bounds_mm() == pytest.approx(theirs.bounds_mm(), abs=1e-6)
    counts = [(len(each.flashes), len(each.draws), len(each.regions)) for each in (ours, theirs)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("read", STACKS.values(), ids=STACKS)
@given(scene=SCENES)
def test_the_board_has_the_same_measures(read, scene):
    ours, theirs = measure(read(scene))[0], measure(gerber_stack(scene))[0]

    for name in ("width_mm", "height_mm", "copper_layers", "outline", "min_track_mm"):
        assert getattr(ours, name) == getattr(theirs, name)


def test_the_holes_are_the_same():
    scene = [("pad", 10, 10, 1.0), ("plane", 1, 1, 25)]
    odb = "UNITS=MM\n$0 r300\n$1 r1000\nP 10 10 0 P 0 8 0\nP 20.5 12.25 1 P 0 8 0\n"
    xml = "".join(f'<Set><Hole name="H" diameter="{d}" x="{x}" y="{y}"/></Set>' for x, y, d in HOLES)

    read = [*odb_stack(scene, odb).drills, *ipc_stack(scene, xml).drills, read_drill(EXCELLON.encode())]

    assert [rows(hits) for hits in read] == [list(HOLES)] * 3


def rows(hits: DrillHits):
    return [tuple(row) for row in np.column_stack((hits.x_mm, hits.y_mm, hits.diameter_mm)).tolist()]
