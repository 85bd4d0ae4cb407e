"""Findings name the parts that stand at their place, and no others."""

from dataclasses import replace

import pytest
from lands import board, pads, placed

from portal.board.beside import MOST, with_designators
from portal.board.design import Finding, Place, Severity, Side
from portal.board.fabrication import fabrication
from portal.board.footprints import Landing, landed
from portal.board.outline import outline

# Two 0603 whose pads are 0.01 mm apart: pads of 0.8 mm, middles 1.55 mm apart.
CLOSE = ("R1 0603 10 10", "C2 0603 12.36 10", "R9 0603 30 30", "U3 SOIC-8 20 20 0 bottom")


def landing(*lines) -> Landing:
    return landed(pads(*lines), placed(*lines))


def finding(box=(10, 9, 12, 11), layer="F_Cu.gbr", **more) -> Finding:
    return Finding(Severity.NOTE, "a-code", layer, "Something is here.", "Look.", Place(box, layer, **more))


def named(*lines, **place) -> tuple[str, ...]:
    [found] = with_designators([finding(**place)], board(*lines), landing(*lines))
    return found.place.designators


def test_a_gap_between_two_parts_names_both():
    layers = board(*CLOSE)
    found = fabrication(layers, outline(layers)).findings
    [told] = with_designators(found, layers, landing(*CLOSE))

    assert (told.code, told.place.designators) == ("copper-almost-touches", ("C2", "R1"))


def test_what_a_finding_says_stays_the_same():
    [told] = with_designators([finding()], board(*CLOSE), landing(*CLOSE))

    assert replace(told, place=replace(told.place, designators=())) == finding()


PLACES = {
    "on a pad": ((30.7, 30, 30.8, 30.1), "F_Cu.gbr", ("R9",)),
    "beside all pads": ((35, 35, 36, 36), "F_Cu.gbr", ()),
    "on the mask": ((30.7, 30, 30.8, 30.1), "F_Mask.gbr", ("R9",)),
    "on the other side": ((30.7, 30, 30.8, 30.1), "B_Cu.gbr", ()),
    "below": ((17, 19, 19, 21), "B_Cu.gbr", ("U3",)),
    "on no layer": ((30.7, 30, 30.8, 30.1), "", ()),
    "on an unknown file": ((30.7, 30, 30.8, 30.1), "other.gbr", ()),
    "all over the board": ((1, 1, 40, 40), "F_Cu.gbr", ()),
    "nowhere": (None, "F_Cu.gbr", ()),
}


@pytest.mark.parametrize("where", PLACES)
def test_the_parts_are_named(where):
    box, layer, names = PLACES[where]

    assert named(*CLOSE, box=box, layer=layer) == names


def test_designators_that_a_finding_has_are_kept():
    assert named(*CLOSE, designators=("J1",)) == ("J1",)


def test_without_a_landing_nobody_is_named():
    [told] = with_designators([finding()], board(*CLOSE), None)

    assert told == finding()


def test_a_finding_without_a_place_stays_without():
    bare = replace(finding(), place=None)

    assert list(with_designators([bare], board(*CLOSE), landing(*CLOSE))) == [bare]


def test_pads_that_belong_to_nobody_name_nobody():
    alone = landing("R9 0603 30 30")

    [told] = with_designators([finding(box=(9, 9, 11, 11))], board(*CLOSE), Landing(alone.pads, (), alone.owner))
    assert told.place.designators == ()


@pytest.mark.parametrize("count", [MOST, MOST + 1])
def test_a_crowd_is_not_listed(count):
    parts = [f"R{n} 0402 10 {10 + 0.7 * n}" for n in range(count)]

    assert len(named(*parts, box=(9, 10, 11, 12.9))) == (count if count <= MOST else 0)


@pytest.mark.parametrize("side", list(Side))
def test_each_side_names_its_own_parts(side):
    words = "" if side is Side.TOP else " 0 bottom"
    layer = "F_Cu.gbr" if side is Side.TOP else "B_Cu.gbr"

    assert named(f"R1 0603 10 10{words}", box=(9, 9, 11, 11), layer=layer) == ("R1",)
