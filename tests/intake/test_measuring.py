"""The last stage on small packages: gaps in place, the class of fab, stencils, and how the parts turn."""

import numpy as np
import pytest
from packages_made import BOM, CENTROID, board_files, copper_of, gerber_of, read_of, written, zipped

from portal.board.capability import read_capabilities
from portal.board.design import Side
from portal.gateways.reader import CAPABILITIES
from portal.intake.measuring import named_points
from portal.intake.netlist import Netlist
from portal.intake.reading import read_package

TABLE = read_capabilities(CAPABILITIES.read_text("utf-8"), file=CAPABILITIES.name)
WHOLE = board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID}
# Two tracks of 0.2 mm, their middles 0.26 mm apart: a gap of 0.06 mm.
NARROW = gerber_of((2, 5, 18, 5), (2, 5.26, 18, 5.26))


def read(tmp_path, files):
    package = written(tmp_path / "package.zip", zipped(files))
    return read_package(package, name="amp", capabilities=TABLE).design


def test_the_narrowest_gap_is_measured(tmp_path):
    assert read(tmp_path, WHOLE | {"board-F_Cu.gbr": NARROW}).board.min_clearance_mm == pytest.approx(0.06, abs=0.002)


def test_a_gap_that_nobody_can_make_is_shown_where_it_is(tmp_path):
    design = read(tmp_path, WHOLE | {"board-F_Cu.gbr": NARROW})
    [found] = [finding for finding in design.findings if "clearance" in finding.message and finding.place]
    x0, y0, x1, y1 = found.place.box_mm

    assert (2 <= x0 <= x1 <= 18, 4.9 <= y0 <= y1 <= 5.4) == (True, True)
    assert found.place.layer == "board-F_Cu.gbr"


def test_the_cheapest_class_of_fab_is_named(tmp_path):
    assert read(tmp_path, WHOLE).board.capability in TABLE.classes


def test_without_a_table_no_class_is_named(tmp_path):
    assert read_of(tmp_path, WHOLE).design.board.capability is None


def test_copper_is_measured_layer_by_layer_from_the_top(tmp_path):
    areas = read(tmp_path, WHOLE).board.copper_areas

    assert [area.layer for area in areas] == [1, 2]
    assert all(0 < area.share < 0.2 for area in areas)


def test_a_board_without_layers_is_measured_to_nothing(tmp_path):
    board = read(tmp_path, {"bom.csv": BOM}).board

    assert (board.min_clearance_mm, board.min_mask_web_mm, board.copper_areas) == (None, None, ())


def test_a_paste_layer_is_a_stencil_even_where_no_part_lies_on_its_pads(tmp_path):
    elsewhere = CENTROID.replace(b"5.0mm", b"905.0mm").replace(b"15.0mm", b"815.0mm")
    design = read(tmp_path, WHOLE | {"cpl.csv": elsewhere, "board-F_Cu.gbr": copper_of()})

    assert design.footprints == ()
    assert [(need.side, need.made) for need in design.stencils] == [(Side.TOP, False)]


def test_a_board_without_parts_and_paste_asks_for_no_stencil(tmp_path):
    bare = {name: data for name, data in WHOLE.items() if "Paste" not in name and name != "cpl.csv"}

    assert read(tmp_path, bare).stencils == ()


def test_openings_that_keep_their_paste_are_told_to_the_customer(tmp_path):
    """The paste layer of the little board is one dot of 0.2 mm."""
    design = read(tmp_path, WHOLE)
    [found] = [finding for finding in design.findings if finding.code == "paste-aperture-small"]

    assert found.place.layer == "top paste"


class TestNamedPoints:
    POINTS = Netlist(
        nets=("GND", "VCC"),
        net=np.array([0, 1, -1, 0]),
        x_mm=np.arange(4.0),
        y_mm=np.zeros(4),
        access=np.array([1, 2, 1, 0]),
    )

    def test_points_without_a_net_name_nothing(self):
        named = named_points(self.POINTS, 4)

        assert (named.nets, named.x_mm.tolist()) == (("GND", "VCC", "GND"), [0, 1, 3])

    def test_what_is_reached_from_below_lies_on_the_last_layer(self):
        assert named_points(self.POINTS, 4).layer.tolist() == [1, 4, 0]

    def test_no_netlist_names_no_points(self):
        assert named_points(None, 4) is None
