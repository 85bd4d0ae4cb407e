"""Components, part lists and approved vendors of IPC-2581: spellings, alternates, and what is missing or broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipc2581_made import BOTH, LAYERS, ipc, step

from portal.board.design import Alternate, Severity, Side
from portal.intake.ipc2581 import read_ipc2581


def read(*, components="", items="", more="", **parts):
    steps = step(components + BOTH)
    return read_ipc2581(ipc(steps=steps, bom=f"<Bom name='b'>{items}</Bom>", more=more, **parts), name="board.xml")


def component(name="R1", *, layer="TOP", xform="", place='<Location x="10" y="20"/>', more=""):
    inside = f"{xform}{place}{more}"
    return f'<Component refDes="{name}" packageRef="R0603" layerRef="{layer}" part="RES">{inside}</Component>'


def refs(*names, populate="true"):
    said = f' populate="{populate}"' if populate is not None else ""
    return "".join(f'<RefDes name="{name}" packageRef="R0603"{said} layerRef="TOP"/>' for name in names)


def item(inside="", *, number="RES", quantity="1", category="ELECTRICAL", more=""):
    return (
        f'<BomItem OEMDesignNumberRef="{number}" quantity="{quantity}" category="{category}"{more}>{inside}</BomItem>'
    )


def said(*fields):
    texts = (f'<Textual textualCharacteristicName="{n}" textualCharacteristicValue="{v}"/>' for n, v in fields)
    return f'<Characteristics category="ELECTRICAL">{"".join(texts)}</Characteristics>'


def codes(board):
    return [(finding.severity, finding.code) for finding in board.findings]


@pytest.mark.parametrize(("units", "mm"), [("MILLIMETER", 1.0), ("INCH", 25.4), ("MICRON", 0.001)])
def test_a_part_lies_in_the_unit_of_the_drawing(units, mm):
    text = ipc(units=units, steps=step(component(place='<Location x="8" y="4"/>'), profile=""))

    [placement] = read_ipc2581(text, name="board.xml").placements

    assert (placement.x_mm, placement.y_mm) == pytest.approx((8 * mm, 4 * mm))


@pytest.mark.parametrize(("height", "mm"), [("0.05", 1.27), ("0.0", None), ("tall", None)])
def test_a_part_stands_as_high_as_its_package_says(height, mm):
    package = f'<Package name="R0603" type="CHIP" pinOne="1" height="{height}"/>'
    text = ipc(units="INCH", steps=step(package + component(), profile=""))

    [placement] = read_ipc2581(text, name="board.xml").placements
    assert placement.height_mm == mm


@pytest.mark.parametrize(
    ("xform", "turn"),
    [
        ("", 0),
        ('<Xform rotation="90"/>', 90),
        ('<Xform rotation="-90"/>', 270),
        ('<Xform rotation="450.5"/>', 90.5),
        ('<Xform rotation="90" mirror="true"/>', 90),
        ("<Xform/>", 0),
    ],
)
def test_a_part_turns_as_its_transform_says(xform, turn):
    [placement] = read(components=component(xform=xform)).placements

    assert placement.rotation_deg == pytest.approx(turn)


@pytest.mark.parametrize(
    ("layer", "side"),
    [
        ("TOP", Side.TOP),
        ("BOTTOM", Side.BOTTOM),
        ("B.Cu", Side.BOTTOM),
        ("SST", Side.TOP),
        ("Bottom Layer", Side.BOTTOM),
    ],
)
def test_a_part_lies_on_the_side_of_its_layer(layer, side):
    [placement] = read(components=component(layer=layer)).placements

    assert placement.side is side


@pytest.mark.parametrize("layer", ["", "L7", "nowhere"])
@pytest.mark.parametrize(("mirror", "side"), [("true", Side.BOTTOM), ("false", Side.TOP)])
def test_without_a_known_layer_a_mirrored_part_lies_below_and_is_asked_about(layer, mirror, side):
    board = read(components=component(layer=layer, xform=f'<Xform mirror="{mirror}"/>'))

    assert [placement.side for placement in board.placements] == [side]
    assert codes(board) == [(Severity.ASK, "ipc-component-side")]


@pytest.mark.parametrize(
    "place",
    [
        "",
        "<Location/>",
        '<Location x="1"/>',
        '<Location x="1" y="up"/>',
        '<Location x="nan" y="1"/>',
        '<Location x="9e6" y="1"/>',
        '<Location x="" y="1"/>',
    ],
)
def test_a_part_without_a_place_is_not_put_anywhere(place):
    board = read(components=component("R1", place=place) + component("R2"))

    assert [placement.designator for placement in board.placements] == ["R2"]
    assert codes(board) == [(Severity.ASK, "ipc-unread")]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_component_without_a_designator_is_none(name):
    assert read(components=component(name)).placements == ()


def test_a_component_without_a_package_has_none():
    [placement] = read(components=component().replace(' packageRef="R0603"', "")).placements

    assert placement.package == ""


def test_a_value_among_the_attributes_of_a_component_is_its_value():
    more = '<NonstandardAttribute name="VALUE" value="4k7" type="STRING"/><NonstandardAttribute name="x" value="1"/>'

    assert read(components=component(more=more)).placements[0].value == "4k7"


@pytest.mark.parametrize(
    ("populate", "left_off"),
    [("true", False), ("TRUE", False), ("1", False), (None, False), ("false", True), ("FALSE", True), ("0", True)],
)
def test_a_part_is_built_unless_it_says_otherwise(populate, left_off):
    [line] = read(items=item(refs("R1", "R2", populate=populate))).lines

    assert (line.designators, line.not_fitted) == (("R1", "R2"), left_off)


def test_one_item_may_be_built_here_and_left_off_there():
    lines = read(items=item(refs("R1", "R3") + refs("R2", populate="false"), quantity="2")).lines

    assert [(line.designators, line.not_fitted) for line in lines] == [(("R1", "R3"), False), (("R2",), True)]
    assert [line.quantity for line in lines] == [None, None]  # the file's number counts both, or not: unknown


@pytest.mark.parametrize("value", ["DNP", "Do not fit", "not populated"])
def test_a_value_may_leave_a_whole_item_off(value):
    [line] = read(items=item(refs("R1") + said(("Value", value)))).lines

    assert line.not_fitted


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("VALUE", "value"),
        ("Value", "value"),
        ("MPN", "mpn"),
        ("Manufacturer_Part_Number", "mpn"),
        ("MFR PART NO", "mpn"),
        ("Manufacturer", "manufacturer"),
        ("MFR", "manufacturer"),
        ("Description", "description"),
        ("PACKAGE", "package"),
    ],
)
def test_a_characteristic_is_understood_by_its_name(name, word):
    [line] = read(items=item(refs("R1") + said((name, "ABC-123")))).lines

    assert getattr(line, word) == "ABC-123"


@pytest.mark.parametrize(
    ("kind", "unit", "value"),
    [
        ("Measured", ' engineeringUnitOfMeasure="OHM"', "4.7 OHM"),
        ("Measured", "", "4.7"),
        ("Ranged", ' engineeringUnitOfMeasure="V"', "4.7 V"),
        ("Enumerated", "", "4.7"),
    ],
)
def test_a_characteristic_of_any_kind_has_its_value(kind, unit, value):
    start = kind.lower()
    text = f'<{kind} {start}CharacteristicName="VALUE" {start}CharacteristicValue="4.7"{unit}/>'

    [line] = read(items=item(f"{refs('R1')}<Characteristics>{text}</Characteristics>")).lines

    assert line.value == value


@pytest.mark.parametrize("text", ["", "?", "~", "n/a", "NONE", "   "])
def test_a_characteristic_that_stands_for_nothing_says_nothing(text):
    [line] = read(items=item(refs("R1") + said(("MPN", text)))).lines

    assert line.mpn == ""


@pytest.mark.parametrize(
    ("quantity", "counted"),
    [("3", 3), ("3.0", 3), ("0", None), ("2.5", None), ("-2", None), ("", None), ("many", None)],
)
def test_a_quantity_is_a_whole_number_or_unknown(quantity, counted):
    assert read(items=item(refs("R1"), quantity=quantity)).lines[0].quantity == counted


@pytest.mark.parametrize("quantity", ["0", "", "some"])
def test_an_item_without_designators_and_quantity_is_no_line(quantity):
    assert read(items=item("", quantity=quantity)).lines == ()


def test_an_item_describes_itself_by_its_description_before_its_number():
    with_text, without = read(
        items=item(refs("R1"), more=' description="10k 1% 0603"') + item(refs("R2"), number="100-22")
    ).lines

    assert (with_text.description, without.description) == ("10k 1% 0603", "100-22")


def test_items_keep_the_order_of_the_file():
    lines = read(items="".join(item(refs(f"R{at}"), number=f"N{at}") for at in (3, 1, 2))).lines

    assert [(line.row, line.designators) for line in lines] == [(1, ("R3",)), (2, ("R1",)), (3, ("R2",))]


def vendor(mpn, maker="YAG", chosen="false"):
    return f'<AvlVmpn chosen="{chosen}"><AvlMpn name="{mpn}"/><AvlVendor enterpriseRef="{maker}"/></AvlVmpn>'


def avl(*vendors, number="RES"):
    return f'<Avl><AvlItem OEMDesignNumber="{number}">{"".join(vendors)}</AvlItem></Avl>'


def line_with(*vendors, number="RES"):
    [line] = read(items=item(refs("R1")), more=avl(*vendors, number=number)).lines
    return line


def test_the_first_vendor_is_taken_where_none_is_chosen():
    line = line_with(vendor("A1"), vendor("B2"))

    assert (line.mpn, [alternate.mpn for alternate in line.alternates]) == ("A1", ["B2"])


@pytest.mark.parametrize("spelling", ["chosen", "choosen"])
def test_the_chosen_vendor_is_taken_in_either_spelling(spelling):
    line = line_with(vendor("A1"), vendor("B2", chosen="true").replace("chosen=", f"{spelling}="), vendor("C3"))

    assert (line.mpn, [alternate.mpn for alternate in line.alternates]) == ("B2", ["A1", "C3"])


@pytest.mark.parametrize(("maker", "name"), [("YAG", "Yageo"), ("LOST", ""), ("", "")])
def test_a_maker_is_known_by_its_enterprise(maker, name):
    assert line_with(vendor("A1", maker)).manufacturer == name


@pytest.mark.parametrize("name", ["UNKNOWN", "Unknown", "none", "NONE"])
def test_an_enterprise_called_unknown_is_unknown(name):
    data = ipc(bom=f"<Bom>{item(refs('R1'))}</Bom>", more=avl(vendor("A1"), vendor("B2"))).replace(
        b'name="Yageo"', f'name="{name}"'.encode()
    )

    [line] = read_ipc2581(data, name="board.xml").lines

    assert (line.mpn, line.manufacturer, line.alternates) == ("A1", "", (Alternate("B2", ""),))


@pytest.mark.parametrize("mpn", ["", "?", "~", "n/a"])
def test_a_vendor_without_a_number_is_no_choice(mpn):
    assert line_with(vendor(mpn, chosen="true"), vendor("B2")).mpn == "B2"


def test_one_number_listed_twice_is_one_alternate():
    line = line_with(vendor("A1"), vendor("B2"), vendor("B2"), vendor("A1"))

    assert [alternate.mpn for alternate in line.alternates] == ["B2"]


def test_vendors_of_another_number_are_none_of_this_line():
    line = line_with(vendor("A1"), number="CAP")

    assert (line.mpn, line.alternates) == ("", ())


def test_the_vendors_number_goes_before_a_characteristic():
    [line] = read(items=item(refs("R1") + said(("MPN", "OLD"))), more=avl(vendor("NEW"))).lines

    assert line.mpn == "NEW"


NAMES = st.lists(st.from_regex(r"[RCU][1-9][0-9]{0,2}", fullmatch=True), min_size=1, max_size=12, unique=True)


@given(names=NAMES, data=st.data())
def test_every_designator_is_on_the_one_line_that_it_was_written_on(names, data):
    groups = data.draw(st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names)))
    items = [[name for name, group in zip(names, groups, strict=True) if group == each] for each in range(4)]

    lines = read(items="".join(item(refs(*each), number=f"N{at}") for at, each in enumerate(items) if each)).lines

    assert [list(line.designators) for line in lines] == [each for each in items if each]


@given(names=NAMES)
def test_every_component_is_placed_once(names):
    placements = read(components="".join(map(component, names)), layers=LAYERS).placements

    assert [placement.designator for placement in placements] == names
