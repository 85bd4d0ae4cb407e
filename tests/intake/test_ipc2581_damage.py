"""What hostile, broken and odd IPC-2581 files cost: a sentence, never a crash, a hang or a wrong board."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipc2581_made import BOM, BOTH, COMPONENTS, COPPER, LAYERS, PROFILE, box, features, ipc, step

from portal.board.design import FileRole, Severity
from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake import ipc2581_stream
from portal.intake.archives import Member
from portal.intake.ipc2581 import is_ipc2581, read_ipc2581
from portal.intake.native import whole_board

FILE = ipc()


def read(data):
    return read_ipc2581(data, name="board.xml")


def codes(board):
    return [(finding.severity, finding.code) for finding in board.findings]


def with_head(text, data=FILE):
    return data.replace(b"<IPC-2581", text.encode() + b"<IPC-2581", 1)


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 9))
DOCTYPES = {
    "a billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
    "a file of the server": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE IPC-2581 SYSTEM "http://127.0.0.1:9/a.dtd">',
    "a parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hosts"> %p;]>',
    "in small letters": "<!doctype x>",
    "behind a comment": "<!-- exported --><!DOCTYPE x []>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_a_file_that_declares_anything_is_refused(doctype):
    with pytest.raises(PackageRefused) as refusal:
        read(with_head(doctype))

    assert refusal.value.code in {"ipc-doctype", "ipc-damaged"}


def test_a_declaration_behind_a_long_comment_is_refused_too():
    with pytest.raises(PackageRefused) as refusal:
        read(with_head(f"<!--{'x' * 9_000}--><!DOCTYPE x [<!ENTITY a 'b'>]>"))

    assert refusal.value.code == "ipc-doctype"


@pytest.mark.parametrize("text", ["&undefined;", "&#0;", "<a<b>", "</Wrong>", "]]>", "\x01"])
def test_text_that_is_no_xml_is_refused_with_what_to_do(text):
    with pytest.raises(PackageRefused, match="damaged or was cut off") as refusal:
        read(FILE.replace(b"<LogisticHeader>", f"<LogisticHeader>{text}".encode()))

    assert refusal.value.remedy.startswith("Export it again")


@pytest.mark.parametrize("name", ["Set", "Features", "UserSpecial", "Layer", "x"])
def test_elements_nested_deeper_than_any_file_are_refused(name):
    deep = f"<{name}>" * 3_000 + f"</{name}>" * 3_000

    with pytest.raises(PackageRefused, match="damaged"):
        read(ipc(steps=step(deep)))


def test_symbols_nested_as_deep_as_xml_goes_are_read():
    deep = "<UserSpecial>" * 100 + '<Circle diameter="2"/>' + "</UserSpecial>" * 100
    sets = f'<Set><Pad><Location x="5" y="5"/>{deep}</Pad></Set>'

    [copper] = read(ipc(steps=step(features("TOP", sets), profile=""))).stack.of(FileRole.COPPER)

    assert copper.artwork.bounds_mm() == pytest.approx((4, 4, 6, 6))


def test_more_elements_than_any_board_has_are_refused(monkeypatch):
    monkeypatch.setattr(ipc2581_stream, "MOST_ELEMENTS", 10)

    with pytest.raises(PackageRefused, match="more in it than any real board"):
        read(ipc(steps=step(features("TOP", COPPER * 20))))


def test_an_attribute_of_megabytes_is_refused():
    with pytest.raises(PackageRefused):
        read(FILE.replace(b'name="design"', b'name="' + b"x" * 11_000_000 + b'"'))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_file_is_read_in_the_encoding_that_it_says(encoding):
    said = "utf-8" if encoding == "utf-8-sig" else encoding
    text = FILE.decode().replace("UTF-8", said).replace('Value="10k"', 'Value="4.7µF"')

    assert read(text.encode(encoding)).lines[0].value == "4.7µF"


def test_a_file_without_a_declaration_is_read():
    assert len(read(FILE.partition(b"?>\n")[2]).placements) == 1


@pytest.mark.parametrize(("before", "after"), [(b"\n", b"\r\n"), (b"><", b">\n\n  <"), (b"<Set", b"<!-- set --><Set")])
def test_line_ends_and_comments_change_nothing(before, after):
    changed = FILE.replace(before, after)

    assert measure(read(changed).stack) == measure(read(FILE).stack)
    assert read(changed).lines == read(FILE).lines


@pytest.mark.parametrize("prefix", ["ipc", "ns0", "i-p.c"])
def test_a_namespace_prefix_changes_nothing(prefix):
    text = FILE.decode().replace("xmlns=", f"xmlns:{prefix}=").replace("<?", "\0")
    text = text.replace("</", "\1").replace("<", f"<{prefix}:").replace("\1", f"</{prefix}:").replace("\0", "<?")

    assert is_ipc2581(text.encode())
    assert measure(read(text.encode()).stack) == measure(read(FILE).stack)


@pytest.mark.parametrize("revision", ["A", "B", "B1", "C", "D", "", "1.0"])
def test_a_file_of_any_revision_is_read(revision):
    assert len(read(ipc(revision=revision)).stack.layers) == 3


@pytest.mark.parametrize("namespace", [b"", b' xmlns="http://webstds.ipc.org/2581"', b' xmlns="urn:other"'])
def test_the_namespace_of_a_tool_does_not_matter(namespace):
    data = FILE.replace(b' xmlns="http://webstds.ipc.org/2581"', namespace)

    assert len(read(data).stack.layers) == 3


LACKING = {
    "components": ({"steps": step(BOTH)}, []),
    "a part list": ({"bom": ""}, []),
    "layers": ({"layers": ""}, ["ipc-partial"]),
    "steps": ({"steps": ""}, ["ipc-partial"]),
    "copper": ({"steps": step(COMPONENTS)}, ["ipc-partial"]),
    "a profile": ({"steps": step(COMPONENTS + BOTH, profile="")}, []),
}


@pytest.mark.parametrize(("parts", "said"), LACKING.values(), ids=LACKING)
def test_a_file_that_lacks_something_is_read_and_says_what_matters(parts, said):
    assert [finding.code for finding in read(ipc(**parts)).findings] == said


@pytest.mark.parametrize("content", ["", "<Ecad/>", "<Content/>", "<Ecad><CadData><Step/></CadData></Ecad>", "text"])
def test_a_file_of_nothing_is_a_board_of_nothing(content):
    board = read(f"<IPC-2581>{content}</IPC-2581>".encode())

    assert (board.stack.layers, board.placements, board.lines) == ((), (), ())
    assert codes(board) == [(Severity.ASK, "ipc-partial")]


@pytest.mark.parametrize(
    ("units", "said"), [("", ["ipc-unit"]), ("FURLONG", ["ipc-unit"]), ("millimeter", []), (" MILLIMETER ", [])]
)
def test_a_unit_that_nobody_knows_is_taken_for_millimetres_and_asked_about(units, said):
    board = read(ipc(units=units))

    assert (board.placements[0].x_mm, board.placements[0].y_mm) == (10, 20)
    assert [finding.code for finding in board.findings] == said


@pytest.mark.parametrize("name", ["", "Step name"])
def test_a_step_without_a_name_is_a_board(name):
    assert len(read(ipc(steps=step(COMPONENTS + BOTH, name=name))).stack.layers) == 3


REPEAT = '<StepRepeat stepRef="board" x="0" y="0" nx="{nx}" ny="{ny}" dx="90" dy="60" angle="0" mirror="false"/>'


@pytest.mark.parametrize(("nx", "ny", "count"), [("2", "3", 6), ("1", "1", 1), ("", "4", 4), ("-2", "2", 4)])
def test_a_panel_is_said_and_not_merged_into_the_board(nx, ny, count):
    panel = step(REPEAT.format(nx=nx, ny=ny) + BOTH, name="panel", profile=PROFILE.replace("80", "270"))

    board = read(ipc(steps=step(COMPONENTS + BOTH) + panel))

    assert board.findings[0].message == f"holds a panel (panel) of {count} × board; the single board was read."
    assert len(board.placements) == 1


@pytest.mark.parametrize("nx", ["two", "2.5", "1e99"])
def test_a_panel_of_a_number_that_is_none_is_asked_about(nx):
    panel = step(REPEAT.format(nx=nx, ny=1), name="panel")

    assert (Severity.ASK, "ipc-unread") in codes(read(ipc(steps=step(COMPONENTS + BOTH) + panel)))


def test_parts_on_the_panel_are_not_parts_of_the_board():
    fiducial = COMPONENTS.replace("R1", "FID1")
    panel = step(REPEAT.format(nx=2, ny=2) + fiducial + BOTH, name="panel")

    board = read(ipc(steps=panel + step(COMPONENTS + BOTH)))

    assert [placement.designator for placement in board.placements] == ["R1"]


def test_a_damaged_file_beside_a_good_one_is_said():
    board = whole_board([Member("bad.xml", FILE[:2_500]), Member("good.xml", FILE)])

    assert board.name == "good.xml"
    assert "ipc-damaged" in {finding.code for finding in board.findings}


WAYS = ["", "1", "-5", "nan", "inf", "1e308", "0x10", "1,5", "five", " 2 ", "1e-320", "99999999999999999999"]


@pytest.mark.parametrize("value", WAYS)
@pytest.mark.parametrize("name", ["x", "y", "rotation", "lineWidth", "diameter", "width", "quantity", "pinCount"])
def test_no_number_anywhere_breaks_the_reader(name, value):
    xform = "<Component refDes='R9' layerRef='TOP'><Xform rotation='1'/><Location x='1' y='1'/></Component>"
    text = ipc(steps=step(xform.replace("'", '"') + BOTH), bom=BOM).decode()
    before, _, rest = text.partition(f'{name}="')

    measure(read(f'{before}{name}="{value}"{rest.partition(chr(34))[2]}'.encode()).stack)


@given(
    corners=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
    cutout=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5),
)
def test_a_contour_of_any_points_is_drawn_or_left_out(corners, cutout):
    rings = ["".join(f'<PolyStepSegment x="{x}" y="{y}"/>' for x, y in ring) for ring in (corners, cutout)]
    shape = f"<Contour><Polygon>{rings[0]}</Polygon><Cutout>{rings[1]}</Cutout></Contour>"
    sets = f"<Set><Features>{shape}</Features></Set>"

    measure(read(ipc(steps=step(features("TOP", sets)), layers=LAYERS)).stack)


@given(data=st.binary(max_size=300))
def test_any_bytes_behind_the_root_are_refused_or_read(data):
    try:
        board = read(b"<IPC-2581>" + data + b"</IPC-2581>")
    except PackageRefused:
        return

    assert board.partial


def test_a_contour_with_many_cut_outs_keeps_its_area():
    cutouts = "".join(f"<Cutout>{box(x, y, x + 1, y + 1)}</Cutout>" for x in range(2, 60, 3) for y in range(2, 40, 3))
    sets = f"<Set><Features><Contour><Polygon>{box(0, 0, 70, 50)}</Polygon>{cutouts}</Contour></Features></Set>"

    [copper] = read(ipc(steps=step(features("TOP", sets), profile=""))).stack.of(FileRole.COPPER)

    assert abs(copper.artwork.regions.signed_areas_mm2()) == pytest.approx(3500 - 20 * 13)
