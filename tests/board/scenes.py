"""Boards of 40 × 30 mm with anything on them, for laws that hold whatever is drawn."""

import numpy as np
from boards import together
from hypothesis import strategies as st
from stacks import copper_layer, drilled, flashes, frame, outline_layer, region, round_pad, square_pad, stack, strokes

from portal.board.artwork import Artwork, Draws
from portal.board.design import FileRole, Side
from portal.board.shapes import Aperture, disc, hole, rectangle, regular_polygon
from portal.board.stack import Layer

WIDTH, HEIGHT = 40.0, 30.0
COATS = (FileRole.MASK, FileRole.LEGEND, FileRole.PASTE)
EDGE = outline_layer(frame(0, 0, WIDTH, HEIGHT))
APERTURES = (
    round_pad(0.5),
    round_pad(1.7),
    square_pad(1.2),
    Aperture("obround", (np.vstack((disc(1.0)[:24], disc(1.0)[24:] - np.array((0.7, 0)))),)),
    Aperture("polygon", (regular_polygon(8, 1.4),)),
    Aperture("rectangle", (rectangle(2, 1), hole(rectangle(0.5, 0.5)))),
)
x_mm = st.integers(1_000, 39_000).map(lambda um: um / 1000)
y_mm = st.integers(1_000, 29_000).map(lambda um: um / 1000)
point = st.tuples(x_mm, y_mm)
inner = st.tuples(st.floats(12, 30), st.floats(6, 20))  # what begins here ends on the board


def _arc(start: tuple[float, float], radius: float, sweep: float) -> Artwork:
    """From `start` around a centre to its left."""
    centre = (start[0] - radius, start[1])
    end = centre[0] + radius * np.cos(sweep), centre[1] + radius * np.sin(sweep)
    nothing = np.zeros(1, dtype=np.int64)
    rows = np.array([[*start, *end]]), np.array([centre]), np.array([sweep])
    return Artwork((round_pad(0.2),), draws=Draws(*rows, nothing, nothing))


pads = st.builds(
    lambda at, points: flashes(APERTURES[at], *points), st.integers(0, 5), st.lists(point, min_size=1, max_size=9)
)
tracks = st.lists(st.tuples(x_mm, y_mm, x_mm, y_mm), min_size=1, max_size=9).map(lambda lines: strokes(*lines))
arcs = st.builds(_arc, inner, st.floats(0.1, 5), st.sampled_from([-6.28318, -1.5, 0.3, 1.57, 3.14159, 6.28318]))
areas = st.builds(
    lambda at, w, h: region(at, (at[0] + w, at[1]), (at[0], at[1] + h)), inner, st.floats(0.1, 9), st.floats(0.1, 9)
)
artworks = st.lists(st.one_of(pads, tracks, arcs, areas), min_size=1, max_size=5).map(lambda parts: together(*parts))
hits = st.lists(st.tuples(x_mm, y_mm, st.sampled_from([0.2, 0.8, 3.2])), max_size=9).map(lambda found: drilled(*found))


@st.composite
def boards(draw):
    """Both sides with copper, and some of mask, legend, paste and holes."""
    bottom = Layer(FileRole.COPPER, draw(artworks), "B_Cu.gbr", Side.BOTTOM, 2)
    coats = draw(st.sets(st.tuples(st.sampled_from(COATS), st.sampled_from(list(Side)))))
    films = (Layer(role, draw(artworks), f"{role}-{side}.gbr", side) for role, side in sorted(coats))
    return stack(EDGE, copper_layer(draw(artworks)), bottom, *films, drills=(draw(hits),))
