"""What holds for every layer, whatever is on it: written here, read by the reader, compared."""

import pytest
from gerber_scenes import STEP, Thing, in_inches, in_millimetres, place, things
from gerber_texts import area_mm2
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.board.artwork import Artwork
from portal.intake.gerber import read_gerber

FEW = settings(max_examples=60)
steps = st.integers(1, 4)


def shown(artwork: Artwork) -> tuple[float, ...]:
    """Where it lies and what is left of it; for a layer of which nothing is there, no place."""
    return (*(artwork.bounds_mm() or ()), area_mm2(artwork))


def read(scene: list[Thing], **more: str) -> Artwork:
    return read_gerber(in_millimetres(scene, **more))


@FEW
@given(things(), place, place)
def test_a_layer_moved_is_the_same_layer_elsewhere(scene, dx, dy):
    here, there = shown(read(scene)), shown(read([thing.moved(dx, dy) for thing in scene]))
    by = (dx / 1000, dy / 1000) * 2 if len(here) > 1 else ()

    assert there == pytest.approx([value + shift for value, shift in zip(here, (*by, 0.0), strict=True)], abs=1e-6)


@FEW
@given(things())
def test_the_unit_of_a_layer_changes_nothing(scene):
    assert shown(read_gerber(in_inches(scene))) == pytest.approx(shown(read(scene)), abs=1e-5)


@FEW
@given(things(), steps, steps)
def test_a_repeat_is_its_copies_written_out(scene, columns, rows):
    far = 100 * STEP  # copies do not touch, so that the order of copies is no matter
    copies = [thing.moved(c * far, r * far) for c in range(columns) for r in range(rows) for thing in scene]
    step = f"I{far / 1000}J{far / 1000}"
    repeated = read(scene, before=f"%SRX{columns}Y{rows}{step}*%\n", after="%SR*%\n")

    assert shown(repeated) == pytest.approx(shown(read(copies)), abs=1e-6)


@FEW
@given(things(clear=False), st.integers(2, 3), st.integers(1, 3))
def test_a_repeat_of_what_only_adds_may_overlap(scene, columns, reach):
    copies = [thing.moved(c * reach * STEP, 0) for c in range(columns) for thing in scene]
    repeated = read(scene, before=f"%SRX{columns}Y1I{reach * STEP / 1000}J0*%\n", after="%SR*%\n")

    assert shown(repeated) == pytest.approx(shown(read(copies)), abs=1e-6)


@FEW
@given(things(), place, place)
def test_a_block_is_what_it_holds_wherever_it_is_flashed(scene, x, y):
    block = read(scene, before="%ABD50*%\n", after=f"%AB*%\n%LPD*%\nD50*\nX{x}Y{y}D03*\n")

    assert shown(block) == pytest.approx(shown(read([thing.moved(x, y) for thing in scene])), abs=1e-6)


@FEW
@given(things(clear=False), st.sampled_from(["X", "Y", "XY"]))
def test_a_block_mirrored_twice_is_as_it_was(scene, axes):
    inner = "%ABD50*%\n" + "".join(thing.body(1) for thing in scene) + "%AB*%\n"
    outer = f"%ABD51*%\n%LM{axes}*%\nD50*\nX0Y0D03*\n%LMN*%\n%AB*%\n"
    twice = read([], before=f"{inner}{outer}%LM{axes}*%\nD51*\nX0Y0D03*\n")

    assert shown(twice) == pytest.approx(shown(read(scene)), abs=1e-6)


@FEW
@given(things(), st.integers(0, 3))
def test_a_block_turned_by_quarters_keeps_its_area(scene, quarters):
    body = "%ABD50*%\n" + "".join(thing.body(1) for thing in scene) + "%AB*%\n%LPD*%\n"
    turned = read([], before=f"{body}%LR{quarters * 90}*%\nD50*\nX0Y0D03*\n")

    assert area_mm2(turned) == pytest.approx(area_mm2(read(scene)), rel=1e-6, abs=1e-6)


@FEW
@given(things())
def test_an_image_mirrored_twice_is_as_it_was(scene):
    twice = read(scene, before="%MIA1B1*%\n%MIA1B1*%\n")

    assert shown(twice) == pytest.approx(shown(read(scene)))


@FEW
@given(things(clear=False))
def test_the_order_of_what_only_adds_does_not_matter(scene):
    assert shown(read(scene[::-1])) == pytest.approx(shown(read(scene)), abs=1e-6)


@FEW
@given(things(clear=False))
def test_what_is_drawn_twice_is_there_once(scene):
    assert shown(read([*scene, *scene])) == pytest.approx(shown(read(scene)), abs=1e-6)


@FEW
@given(things())
def test_a_layer_never_covers_more_than_its_bounds(scene):
    artwork = read(scene)
    x0, y0, x1, y1 = artwork.bounds_mm() or (0, 0, 0, 0)

    assert 0 <= area_mm2(artwork) <= (x1 - x0) * (y1 - y0) + 1e-9


@FEW
@given(things())
def test_comments_blank_lines_and_attributes_change_nothing(scene):
    plain = in_millimetres(scene)
    busy = plain.replace(b"*%\n", b"*%\nG04 #@! TO.N,GND*\n\n").replace(b"D01*\n", b"D01*\nG04 a stroke*\n")

    assert shown(read_gerber(busy)) == shown(read_gerber(plain))


@FEW
@given(things(), st.sampled_from([b"\r\n", b"\r", b""]))
def test_line_ends_change_nothing(scene, newline):
    plain = in_millimetres(scene)

    assert shown(read_gerber(plain.replace(b"\n", newline))) == shown(read_gerber(plain))


@FEW
@given(things())
def test_reading_twice_is_reading_once(scene):
    assert shown(read(scene)) == shown(read(scene))
