"""Two revisions read from their files: what their owner changed is told, and nothing that he did not."""

import pytest
from written import CHIP, Written, box, dot, path

from portal.board.revisions import About, differences
from portal.intake.reading import read_package


def told(change, folder, about):
    """What a change to the files makes of it."""
    designs = []
    for name, made in (("a", Written()), ("b", Written())):
        (folder / name).mkdir()
        if name == "b":
            change(made)
        designs.append(made.read(folder / name))
    return {one.where: (one.old, one.new) for one in differences(*designs) if one.about is about}


def another_track(made):
    made.draw("top", *path((10, 50), (20, 50), width=0.25))


def test_another_track_changes_its_layer_alone(tmp_path):
    """10 × 0.25 mm and two half discs."""
    found = told(another_track, tmp_path, About.BOARD)

    assert set(found) == {"Narrowest track", "Copper of layer 1"}
    assert found["Narrowest track"] == ("0.3 mm", "0.25 mm")


def test_a_cut_out_changes_the_area(tmp_path):
    found = told(lambda made: made.draw("edge", *box(8, 46, 18, 56)), tmp_path, About.BOARD)

    assert found == {"Area": ("3,600.0 mm²", "3,500.0 mm²"), "Cut-outs": ("0", "1")}


def test_another_shape_changes_size_and_area(tmp_path):
    def shorten(made):
        made.films["edge"] = box(0, 0, 60, 58)

    found = told(shorten, tmp_path, About.BOARD)

    assert found == {"Size": ("60 × 60 mm", "60 × 58 mm"), "Area": ("3,600.0 mm²", "3,480.0 mm²")}


def test_a_via_more_is_a_hole_more_and_a_ring_on_both_layers(tmp_path):
    def add(made):
        made.plated.append((10, 50, 0.4))
        for side in ("top", "bottom"):
            made.draw(side, dot(10, 50, 0.8))

    found = told(add, tmp_path, About.BOARD)

    assert found["Holes"] == ("2", "3")
    assert {"Copper of layer 1", "Copper of layer 2"} <= set(found)


def test_a_part_more_is_bought_and_placed(tmp_path):
    def add(made):
        made.place("R9", "0603", 10, 50, CHIP)

    folders = [tmp_path / name for name in "xy"]
    for folder in folders:
        folder.mkdir()

    assert set(told(add, folders[0], About.PART)) == {"R9"}
    assert set(told(add, folders[1], About.PLACEMENT)) == {"R9"}


def test_the_same_files_written_again_are_no_change(tmp_path):
    for about in About:
        (tmp_path / about).mkdir()
        assert told(Written.texts, tmp_path / about, about) == {}


@pytest.mark.corpus
def test_two_revisions_of_a_real_board(corpus):
    """The breakout board of Caravel: fewer vias, paste on the bottom too, headers added that nobody fits."""
    old, new = (read_package(corpus / "dev" / f"caravel-brk-v{n}", name="brk").design for n in (1, 2))
    found = {(one.about, one.where): (one.old, one.new) for one in differences(old, new)}

    assert found[About.BOARD, "Holes"] == ("144", "88")
    assert found[About.BOARD, "Paste openings, bottom"] == ("0", "56")
    assert found[About.PART, "J1, J2, J3, J4"] == ("", "DNI, not fitted")
