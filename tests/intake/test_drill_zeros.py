"""Which zeros a drill file leaves out, where it does not say: its own numbers tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.drill import read_drill

PADS = "%\nT1C.012F095S3\n"  # no M48, no unit, no format; as PADS writes it
BOARD = (194.0, 254.0, 284.0, 309.0)
POINTS = ((7.8975, 10.6418), (7.8475, 11.66), (8.1962, 11.562), (7.9512, 11.465), (10.5, 12.05))


def drilled(points, *, trailing_omitted: bool) -> bytes:
    """Inches as 2:4 digits."""
    written = [[f"{round(value * 10_000):06d}" for value in point] for point in points]
    strip = (lambda text: text.rstrip("0")) if trailing_omitted else (lambda text: text.lstrip("0"))
    lines = [f"X{strip(x)}Y{strip(y)}" for x, y in written]
    return (PADS + "\n".join(lines) + "\nM30\n").encode()


@pytest.mark.parametrize("trailing_omitted", [True, False])
@pytest.mark.parametrize("near", [BOARD, None])
def test_the_zeros_that_are_written_tell_which_are_left_out(trailing_omitted, near):
    hits = read_drill(drilled(POINTS, trailing_omitted=trailing_omitted), near=near)

    assert hits.x_mm == pytest.approx([x * 25.4 for x, _ in POINTS])
    assert hits.y_mm == pytest.approx([y * 25.4 for _, y in POINTS])


def test_numbers_of_one_length_leave_nothing_out():
    full = (PADS + "X078975Y106418\nX079475Y109418\nX100001Y110001\nM30\n").encode()

    assert read_drill(full, near=BOARD).x_mm == pytest.approx([200.5965, 201.8665, 254.00254])


def test_what_the_header_says_of_zeros_is_tried_first():
    said = b"M48\nINCH,TZ\nT1C.012\n%\nT1\nX78975Y106418\nX081962Y115620\nM30\n"

    assert read_drill(said, near=BOARD).y_mm == pytest.approx([270.30172, 293.6748])


@given(
    points=st.lists(
        st.tuples(st.integers(76_400, 99_900), st.integers(111_900, 121_600)), min_size=8, max_size=40, unique=True
    )
)
def test_wherever_the_holes_lie_they_lie_on_the_board(points):
    inches = [(x / 10_000, y / 10_000) for x, y in points]
    hits = read_drill(drilled(inches, trailing_omitted=True), near=BOARD)

    assert min(hits.x_mm) >= BOARD[0]
    assert max(hits.y_mm) <= BOARD[3]
