"""For each finding of the table readers: the smallest customer's file that earns it."""

from workbooks import a_zip, an_xlsx

PARTS = "Designator,Qty,Value,Footprint,MPN\n"
PLACES = "Ref,X,Y,Rot,Side\n"

# Code -> a part list in text.
PART_LISTS = {
    "bom-alternates": PARTS + "R1,1,10k,0603,RC0603FR-0710KL or CRCW060310K0FKEA\n",
    "bom-bare-board": PARTS + "R1,1,10k,0603,\nPCB,1,Rev C,,\n",
    "bom-cell-ruined": PARTS + "R1,1,10k,0603,4.02E+03\n",
    "columns-unsure": "1,R1 R2 R3,3,10k\n2,C1 C2,2,4u7\n3,U1,1,LM358\n",
    "bom-empty": PARTS,
    "bom-line-uncounted": PARTS + "R1,1,10k,0603,\n,,22k,0603,RC0603FR-0722KL\n",
    "bom-listed-twice": PARTS + "R1,1,10k,0603,\nR2,1,10k,0603,\n" + PARTS + '"R1,R2",2,10k,0603,\n',
    "bom-no-designators": "Item,Qty,MPN\nScrew,4,M3X8\nSpacer,4,M3X12\n",
    "bom-package-zero-lost": PARTS + "R1,1,10k,603,\n",
    "bom-quantity-unreadable": PARTS + "R1,one or two,10k,0603,\n",
    "bom-quantity-zero": PARTS + "R1,0,10k,0603,\n",
    "bom-several-lists": PARTS + "R1,1,10k,0603,\nR2,1,22k,0603,\nItem,Reference,Qty,Value\n1,R2,1,22k\n2,R3,1,33k\n",
    "bom-variants": "Designator,Qty,Value,EU,US\nR1,1,10k,Fitted,DNP\nR2,1,10k,DNP,Fitted\n",
    "bom-several-numbers": "Designator,Qty,MPN_EU,MPN_US\nR1,1,RC0603FR-0710KL,RC0603FR-0722KL\n",
    "cell-too-long": PARTS + "R1,1,10k,0603," + "x" * 5_000 + "\n",
    "designator-listed-twice": PARTS + "R1,1,10k,0603,\nR1,1,22k,0603,\n",
    "designator-look-alike": PARTS + "С1,1,100n,0603,\n",  # a Cyrillic С
    "designator-range-too-long": PARTS + "R1-R99999,1,10k,0603,\nU1,1,LM358,SOIC-8,\n",
    "designator-unreadable": PARTS + '"R1, see note",1,10k,0603,\n',
    "fitted-and-not-fitted": PARTS + "R1,1,10k,0603,\nR1,1,DNP,0603,\n",
    "not-fitted-unsure": PARTS + "R1,1,10k NC,0603,\n",
    "quantity-for-many-boards": PARTS + '"R1,R2",20,10k,0603,\nU1,10,LM358,SOIC-8,\n',
    "quantity-mismatch": PARTS + '"R1,R2",3,10k,0603,\nU1,1,LM358,SOIC-8,\n',
    "quote-not-closed": PARTS + 'R1,1,10k,0603,"A\nR2,1,22k,0603,B\nR3,1,33k,0603,C\n',
    "table-too-long": PARTS + "".join(f"R{number},1,10k,0603,\n" for number in range(50_100)),
    "table-too-wide": PARTS.strip() + "," * 300 + "x\nR1,1,10k,0603,\n",
    "text-doubtful": PARTS + "R\0001,1,10k,0603,\n",
}
CENTROIDS = {
    "centroid-panel": PLACES + "".join(f"R{at},{at + x}mm,5mm,0,T\n" for x in (0, 50, 100) for at in (1, 2, 3)),
    "centroid-place-unreadable": PLACES + "R1,NaN3,10mm,0,T\n",
    "centroid-rotation-unreadable": PLACES + "R1,5mm,10mm,north,T\n",
    "centroid-side-unknown": PLACES + "R1,5mm,10mm,0,\n",
    "centroid-units-mixed": PLACES + "R1,5mm,10mm,0,T\nR2,7,8,0,T\n",
    "centroid-units-unknown": PLACES + "R1,5,10,0,T\n",
    "placed-on-both-sides": PLACES + "R1,5mm,10mm,0,T\nR1,5mm,10mm,0,B\n",
    "placed-twice": PLACES + "R1,5mm,10mm,0,T\nR1,55mm,10mm,0,T\n",
}
BOARD = PARTS + "R1,1,10k,0603,\n"
# Code -> a part list and a centroid file that do not agree.
PAIRS = {
    "centroid-incomplete": (
        PARTS + "".join(f"R{number},1,10k,0603,\n" for number in range(1, 25)),
        PLACES + "R1,5mm,10mm,0,T\n",
    ),
    "listed-not-placed": (BOARD + "J1,1,header,2X03,\n", PLACES + "R1,5mm,10mm,0,T\n"),
    "mark-not-listed": (BOARD, PLACES + "R1,5mm,10mm,0,T\nFID1,1mm,1mm,0,T\n"),
    "placed-not-fitted": (BOARD + "R2,1,DNP,0603,\n", PLACES + "R1,5mm,10mm,0,T\nR2,9mm,10mm,0,T\n"),
    "placed-not-listed": (BOARD, PLACES + "R1,5mm,10mm,0,T\nC9,1mm,1mm,0,T\n"),
}

HEADINGS, RESISTOR = ("Designator", "Qty", "Value"), ("R1", "1", "10k")
STRUCK = '<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'
FAR_ROW = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'


def _cells(*texts: str, style: str = "") -> str:
    return "".join(f'<c t="str"{style}><v>{text}</v></c>' for text in texts)


def _rows(*rows: str) -> str:
    return f"<sheetData><row>{_cells(*HEADINGS)}</row>{''.join(rows)}</sheetData>"


WORKBOOKS = {
    "bom-line-struck": an_xlsx(
        {"BOM": _rows("<row>" + _cells(*RESISTOR, style=' s="1"') + "</row>")},
        styles=STRUCK,
    ),
    "far-cells": an_xlsx({"BOM": _rows(f"<row>{_cells(*RESISTOR)}</row>", FAR_ROW)}),
    "formula-without-result": an_xlsx({"BOM": _rows(f"<row>{_cells('R1')}<c><f>COUNT(A2)</f></c></row>")}),
    "hidden-rows": an_xlsx({"BOM": _rows(f'<row hidden="1">{_cells(*RESISTOR)}</row>')}),
    "hidden-sheet": an_xlsx({"BOM": [HEADINGS, RESISTOR], "old": [HEADINGS, RESISTOR]}, hidden=["old"]),
}
DOCTYPE = '<!DOCTYPE x [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>'
REFUSALS = {
    "table-damaged": b"PK\x03\x04, and then the upload broke off",
    "table-encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "table-format-unknown": a_zip({"board.gtl": "G04 a layer*"}),
    "table-too-large": a_zip({"content.xml": b" " * 2_000_000}),
    "table-with-doctype": f'<?xml version="1.0"?>{DOCTYPE}<export/>'.encode(),
}
