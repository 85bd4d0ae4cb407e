"""What the pads on the copper tell of a part whose package name does not."""

from dataclasses import replace

import pytest
from routing_examples import a_board, demo_shop

from portal.board.design import Footprint, Side
from portal.parts.packages import Mount, PackageClass, package_of
from portal.routing.options import BuildOptions
from portal.routing.pads import completed
from portal.routing.population import population
from portal.routing.ways import routings

P = PackageClass
STRANGE = package_of("XYZ_house_part")


def pads(kind="", *, count=2, holes=0, size=(1.0, 1.0), pitch=None):
    return Footprint("U1", Side.TOP, count, holes, pitch, *size, kind=kind)


@pytest.mark.parametrize(
    ("footprint", "package_class"),
    [
        (pads("chip", size=(0.7, 0.3)), P.CHIP_01005),
        (pads("chip", size=(1.1, 0.4)), P.CHIP_0201),
        (pads("chip", size=(0.6, 1.55)), P.CHIP_0402),  # across
        (pads("chip", size=(2.4, 0.95)), P.CHIP_0603),
        (pads("chip", size=(2.9, 1.45)), P.CHIP_0805),
        (pads("chip", size=(7.4, 3.3)), P.CHIP_1206),
        (pads("gull-wing", count=8, pitch=1.27), P.SOIC),
        (pads("gull-wing", count=6, pitch=0.95), P.SOT),
        (pads("gull-wing", count=48, pitch=0.5), P.FINE_PITCH),
        (pads("gull-wing", count=28, pitch=0.65), P.FINE_PITCH),
        (pads("leadless", count=33, pitch=0.5), P.QFN),
        (pads("grid", count=256, pitch=1.0), P.BGA),
        (pads("pins", count=4, holes=4, pitch=2.54), P.THROUGH_HOLE),
        (pads("", count=4), P.UNKNOWN),
    ],
)
def test_a_package_that_nobody_knows_is_seen_on_the_copper(footprint, package_class):
    assert completed(STRANGE, footprint).package_class is package_class


@pytest.mark.parametrize(
    ("holes", "mount"), [(4, Mount.THROUGH_HOLE), (3, Mount.THROUGH_HOLE), (2, Mount.SMD), (0, Mount.SMD)]
)
def test_a_connector_is_inserted_where_most_of_its_pads_have_holes(holes, mount):
    connector = package_of("conn_house_4")

    assert connector.mount is Mount.UNKNOWN
    assert completed(connector, pads(count=4, holes=holes)).mount is mount


def test_joints_that_a_name_does_not_tell_are_the_pads():
    assert completed(package_of("LQFP"), pads(count=100)).joints == 100


@pytest.mark.parametrize("name", ["SOIC-8", "R_0402_1005Metric", "PinHeader_1x04_P2.54mm"])
def test_a_name_that_tells_is_believed(name):
    package = package_of(name)

    assert completed(package, pads("grid", count=99)) == package


@pytest.mark.parametrize("footprint", [None, pads(count=0)])
def test_without_pads_nothing_is_told(footprint):
    assert completed(STRANGE, footprint) == STRANGE


def a_board_with_pads():
    """A house part that the BOM names no package for, seen as four pins."""
    board = a_board("J1 | house | CONN | top\nR1 | R_0402 | RES | top")
    return replace(board, footprints=(replace(pads("pins", count=4, holes=4), designator="J1"),))


def test_a_part_with_pins_on_the_copper_is_inserted_and_not_placed():
    parts = population(a_board_with_pads())

    assert [part.kind for part in parts.inserted] == ["CONN"]
    assert parts.pins.joints == 4


def test_pins_seen_on_the_copper_are_soldered():
    [_, *_] = found = routings(a_board_with_pads(), BuildOptions(), demo_shop(), boards=5)

    assert all("4 joints × 6 s" in next(o for o in r.operations if o.kind == "through-hole").because for r in found)


def test_a_centroid_file_alone_asks_the_copper_too():
    board = replace(a_board_with_pads(), bom=())

    assert [part.package.package_class for part in population(board).inserted] == [P.THROUGH_HOLE]
