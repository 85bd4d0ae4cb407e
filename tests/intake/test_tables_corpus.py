"""Real and hostile tables of the corpus: what is read, and that nothing but a refusal is ever raised."""

import csv
from pathlib import Path

import pytest

from portal.board.design import Side
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.checks import cross_check
from portal.intake.table import TableRefused
from portal.intake.tables import table_role

pytestmark = pytest.mark.corpus

# Package, file, designators, of them left off; truth.csv does not count VIN or Modem.
REAL_BOMS = [
    ("caravel-v1", "Caravel_BOM.xlsx", 62, 2),
    ("caravel-ledbar", "led-bar-pcb.xlsx", 11, 0),
    ("caravel-brk-v2", "Caravel_breakout_v2.xls", 12, 4),
    ("yapa2", "bom/BOM (Full).xls", 113, 0),
    ("oc-debug", "bom/OpenCellular_Connect-1_Debug_Life-3_BoM_v1.2.xlsx", 337, 58),
    ("oc-lte-b3-bom", "bom/NTQ-800-854-101_E3_2018-08-24_BOM.xls", 785, 1),
    ("oc-breakout", "schematic/dsn/OC_CONNECT_1_BRKOUT_BRD.BOM", 72, 0),
    ("ppz-boms", "controller/booz/booz_imu.bom", 51, 6),
    ("ppz-stm32f4db", "BOM with manufacturer bumbers (Mouser).ods", 69, 0),
    ("voron-v0-hotend", "BOM/BOM_Hotend_PCB_V1.0.txt", 18, 0),
    ("voron-v0-fan", "BOM/BOM_Fan_PCB_V1.0.txt", 19, 0),
    ("voron-v0-supply", "BOM/BOM_Supply_PCB_V1.0.txt", 13, 0),
    ("voron-ab-std", "JLC_ASSEMBLYBOM.csv", 3, 0),
    ("voron-taco-raven", "BOM_Taco_Raven.csv", 358, 0),
    ("odrive-boms", "v3.2docs/BOM_v3.2.csv", 196, 0),
    ("wag-solar-charger", "Solar_Charger_BOM.tsv", 39, 0),
    ("kibot-fixtures", "reference/5_1_7/light_control_bom_jlc.csv", 59, 0),
    ("rpga-feather", "bom.csv", 67, 0),
]
REAL_CENTROIDS = [
    ("oc-breakout", "assembly/BODY CENTER.txt", "mil", 63, 5),
    ("yapa2", "assembly/Pick Place for Yapa2.txt", "mil", 49, 67),
    ("lisa-mx-s", "assembly/pickplace.txt", "mm", 28, 27),
    ("caravel-v1", "gerbers/Caravel_pcb-top.pos", "mm", 58, 0),
    ("voron-v0-simple", "V0_Simple_Screen_PNP.csv", "mm", 2, 0),
    ("voron-v0-rp2040", "V0_Display-all-pos.csv", None, 2, 34),
    ("voron-v0-hotend", "Gerber-Files/CAMOutputs/Assembly/PnP_Hotend_PCB_V1.0_front.txt", None, 6, 0),
    ("voron-v0-hotend", "Gerber-Files/CAMOutputs/Assembly/PnP_Hotend_PCB_V1.0_back.txt", None, 0, 0),
    ("kibot-jlc", "KiBot/JLCPCB/JLCPCB_position_cpl_jlc.csv", None, 28, 31),
    ("kikit-assembly", "assembly_project_1_KiCAD6/pos.csv", None, 4, 0),
]
REFUSED = {
    "billion-laughs.xlsx": "table-with-doctype",
    "xxe.xlsx": "table-with-doctype",
    "kicad-xml-xxe.xml": "table-with-doctype",
    "corrupt.xls": "table-damaged",
    "truncated.xlsx": "table-damaged",
    "password.xlsx": "table-encrypted",
    "zipbomb-1GB.xlsx": "table-too-large",
    "hidden-bomb-part.xlsx": "table-too-large",
    "ods-repeat-bomb.ods": "table-too-large",
}
# What the manifest calls "ask" or "warn": the finding that says it, from the list itself or from the cross-check.
ASKED = {
    "duplicate-designators.csv": "designator-listed-twice",
    "duplicate-same-part.csv": "designator-listed-twice",
    "qty-mismatch.csv": "quantity-mismatch",
    "qty-weird.csv": "bom-quantity-unreadable",
    "ranges.csv": "designator-range-too-long",
    "dnp.csv": "not-fitted-unsure",
    "no-header.csv": "columns-unsure",
    "excel-damage.csv": "bom-cell-ruined",
    "invisible-chars.csv": "designator-look-alike",
    "nul-bytes.csv": "text-doubtful",
    "unbalanced-quote.csv": "quote-not-closed",
    "mixed-encodings.csv": "text-doubtful",
    "empty.csv": "bom-empty",
    "header-only.csv": "bom-empty",
    "hidden-rows-cols-sheet.xlsx": "hidden-rows",
    "strikethrough-dnp.xlsx": "bom-line-struck",
    "formulas-no-cache.xlsx": "formula-without-result",
    "typed-cells.xlsx": "bom-cell-ruined",
    "alternates.csv": "bom-alternates",
}
ASKED_OF_PLACES = {
    "no-units-inch.csv": "centroid-units-unknown",
    "no-side-column.csv": "centroid-side-unknown",
    "side-words.csv": "centroid-side-unknown",
    "rotation-words.csv": "centroid-rotation-unreadable",
    "nan-inf.csv": "centroid-place-unreadable",
    "duplicates.csv": "placed-twice",
    "eagle.mnt": "centroid-units-unknown",
}


def bad(corpus: Path, kind: str) -> list[Path]:
    """All but the archives and the one that is only long."""
    paths = sorted((corpus / "bad" / kind).iterdir())
    return [path for path in paths if path.suffix != ".zip" and path.name != "50000-lines.csv"]


def accepted(corpus: Path, kind: str) -> list[str]:
    with (corpus / "bad" / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["expected_outcome"] == "accept"]
    return [row["path"] for row in rows if row["path"].startswith(f"{kind}/")]


@pytest.mark.parametrize(("package", "path", "designators", "left_off"), REAL_BOMS)
def test_a_real_part_list_has_all_its_designators(corpus, package, path, designators, left_off):
    lines = read_bom(path, (corpus / "dev" / package / path).read_bytes()).lines

    assert sum(len(line.designators) for line in lines) == designators
    assert sum(len(line.designators) for line in lines if line.not_fitted) == left_off


@pytest.mark.parametrize(("package", "path", "units", "top", "bottom"), REAL_CENTROIDS)
def test_a_real_centroid_file_has_all_its_placements(corpus, package, path, units, top, bottom):
    reading = read_centroid(path, (corpus / "dev" / package / path).read_bytes())
    sides = [part.side for part in reading.placements]

    assert (reading.units, sides.count(Side.TOP), sides.count(Side.BOTTOM)) == (units, top, bottom)


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_a_hostile_workbook_is_refused_by_name(corpus, name, code):
    with pytest.raises(TableRefused) as refused:
        read_bom(name, (corpus / "bad" / "bom" / name).read_bytes())

    assert refused.value.code == code


@pytest.mark.parametrize(("name", "code"), ASKED.items())
def test_an_odd_part_list_is_asked_about(corpus, name, code):
    reading = read_bom(name, (corpus / "bad" / "bom" / name).read_bytes())
    findings = (*reading.findings, *cross_check(reading.lines, ()))

    assert code in {finding.code for finding in findings}


@pytest.mark.parametrize(("name", "code"), ASKED_OF_PLACES.items())
def test_an_odd_centroid_file_is_asked_about(corpus, name, code):
    reading = read_centroid(name, (corpus / "bad" / "centroid" / name).read_bytes())
    findings = (*reading.findings, *cross_check((), reading.placements))

    assert code in {finding.code for finding in findings}


def test_every_part_list_that_is_to_be_accepted_is_read_with_its_parts(corpus):
    lists = accepted(corpus, "bom")
    empty = [path for path in lists if not read_bom(path, (corpus / "bad" / path).read_bytes()).lines]

    assert len(lists) > 30
    assert empty == []


def test_fifty_thousand_lines_are_all_read(corpus):
    assert len(read_bom("long.csv", (corpus / "bad/bom/50000-lines.csv").read_bytes()).lines) == 50_000


def test_nothing_hostile_raises_anything_but_a_refusal(corpus):
    for path in [*bad(corpus, "bom"), *bad(corpus, "centroid")]:
        data = path.read_bytes()
        table_role(path.name, data)
        for read in (read_bom, read_centroid):
            try:
                read(path.name, data)
            except TableRefused as refused:
                assert refused.remedy  # noqa: PT017 - most of these files are read, and that is right too


def test_every_left_off_style_of_the_corpus_is_understood(corpus):
    lines = read_bom("dnp.csv", (corpus / "bad/bom/dnp.csv").read_bytes()).lines

    assert [line.designators[0] for line in lines if line.not_fitted] == ["R1", "R2", "R4", "R6", "R7"]
