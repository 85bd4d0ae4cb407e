"""What holds for every part list, whatever is in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import an_ods, an_xlsx, csv_of, ods_row

from portal.board.design import BomLine, FileRole
from portal.intake.bom import BomReading, read_bom
from portal.intake.table import TableRefused
from portal.intake.tables import read_tables, table_role

HEADINGS = {
    "English": ("Designator", "Quantity", "Value", "Package", "Manufacturer", "MPN"),
    "German": ("Bauteilbezeichnung", "Anzahl", "Wert", "Gehäuse", "Hersteller", "Herstellernummer"),
    "French": ("Repère", "Quantité", "Valeur", "Boîtier", "Fabricant", "Référence fabricant"),
    "Spanish": ("Referencia", "Cantidad", "Valor", "Encapsulado", "Fabricante", "Nº de pieza"),
    "Italian": ("Riferimento", "Quantità", "Valore", "Contenitore", "Produttore", "Codice produttore"),
    "Chinese": ("位号", "数量", "参数", "封装", "厂商", "型号"),
    "Taiwanese": ("位號", "數量", "數值", "封裝", "廠牌", "料號"),
    "Japanese": ("部品記号", "個数", "値", "パッケージ", "メーカー", "型番"),
    "Korean": ("참조번호", "수량", "값", "패키지", "제조사", "품번"),
    "Russian": ("Поз. обозначение", "Кол.", "Номинал", "Корпус", "Производитель", "Артикул"),
    "Portuguese": ("Referência", "Qtde", "Valor", "Encapsulamento", "Fabricante", "Código do fabricante"),
    "Polish": ("Oznaczenie", "Ilość", "Wartość", "Obudowa", "Producent", "Numer części"),
    "Czech": ("Označení", "Počet", "Hodnota", "Pouzdro", "Výrobce", "Číslo výrobce"),
    "Croatian": ("Oznaka", "Količina", "Vrijednost", "Kućište", "Proizvođač", "Kataloški broj"),
}
DELIMITERS = (",", ";", "\t", "|")
SEPARATORS = (", ", ",", ";", " ", "\n", "、", "，", "；", "/", " / ", "+", " + ", " & ", " ,")
RANGES = (
    "-",
    "..",
    "...",
    "~",
    "～",
    "÷",
    ":",
    "–",
    "—",
    "…",
    "→",
    "至",
    " - ",
    " to ",
    " bis ",
    " до ",
    " à ",
    " thru ",
    " al ",
)
PIECES = (
    *(
        "{} pcs",
        "{}pcs",
        "{} Stk.",
        "{} Stück",
        "{} шт.",
        "{}个",
        "{}개",
        "{} ks",
        "{}x",
        "x{}",
        "{} ea",
        "{}.0",
        "{},00",
    ),
    *("{} pz", "{} uds", "{} kom", "{} szt.", "{} pièces", "{} off"),
)
PAGES = {"Polish": "cp1250", "Czech": "cp1250", "Croatian": "cp1250", "Portuguese": "cp1252", "Russian": "cp1251"}
PAGES |= {"Chinese": "gb18030", "Taiwanese": "big5", "Japanese": "cp932", "Korean": "cp949", "Spanish": "cp1252"}
PARTS = (
    ("10k", "0603", "Yageo", "RC0603FR-0710KL"),
    ("4,7µF", "0805", "Murata", "GRM21BR61E475KA12L"),
    ("LM358", "SOIC-8", "Texas Instruments", "LM358DR"),
    ("LED grün", "0603", "Würth Elektronik", "150060GS75000"),
    ("2x5 2,54mm", "PinHeader_2x05", "Samtec", "TSW-105-07-G-D"),
)
Row = tuple[str, ...]


@st.composite
def boards(draw: st.DrawFn) -> list[tuple[list[str], tuple[str, ...]]]:
    """Parts with their designators, each designator once."""
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5, unique=True))
    letters = draw(st.permutations(["R", "C", "U", "LED", "J"]))
    counts = draw(st.lists(st.integers(1, 12), min_size=len(parts), max_size=len(parts)))
    return [
        ([f"{letter}{at}" for at in range(1, count + 1)], part)
        for letter, count, part in zip(letters, counts, parts, strict=False)
    ]


def rows_of(board: list[tuple[list[str], tuple[str, ...]]], separator: str = ", ") -> list[Row]:
    return [(separator.join(names), str(len(names)), *part) for names, part in board]


def expected(board: list[tuple[list[str], tuple[str, ...]]]) -> list[tuple[object, ...]]:
    return [(tuple(names), len(names), *part) for names, part in board]


def told(reading: BomReading) -> list[tuple[object, ...]]:
    return [
        (line.designators, line.quantity, line.value, line.package, line.manufacturer, line.mpn)
        for line in reading.lines
    ]


def read(*rows: Row, separator: str = ",") -> BomReading:
    return read_bom("bom.csv", csv_of(*rows, separator=separator))


@given(boards(), st.sampled_from(list(HEADINGS)), st.sampled_from(DELIMITERS), st.sampled_from(SEPARATORS))
def test_a_list_reads_back_in_any_language_with_any_separators(board, language, delimiter, separator):
    reading = read(HEADINGS[language], *rows_of(board, separator), separator=delimiter)

    assert told(reading) == expected(board)


@given(boards(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]))
def test_a_list_reads_back_in_any_western_encoding(board, encoding):
    text = csv_of(HEADINGS["German"], *rows_of(board)).decode()

    assert told(read_bom("bom.csv", text.encode(encoding))) == expected(board)


@given(boards(), st.sampled_from(list(PAGES)), st.sampled_from(DELIMITERS))
def test_a_list_reads_back_in_the_code_page_of_its_language(board, language, delimiter):
    plain = [(names, part) for names, part in board if "".join(part).isascii()]
    text = csv_of(HEADINGS[language], *rows_of(plain), separator=delimiter).decode()

    assert told(read_bom("bom.csv", text.encode(PAGES[language]))) == expected(plain)


@given(boards(), st.sampled_from(PIECES))
def test_a_quantity_may_say_that_it_counts_pieces(board, form):
    rows = [(names, form.format(count), *part) for names, count, *part in rows_of(board)]
    reading = read(HEADINGS["English"], *rows)

    assert (told(reading), reading.findings) == (expected(board), ())


@given(boards(), st.sampled_from(["DNP", "Do not fit", "NC", "nicht bestücken", "не ставить", "不贴"]))
def test_a_part_called_part_that_is_not_fitted_is_a_row_and_no_headings(board, mark):
    """The row has two cells that could stand over columns; what follows it must not be lost."""
    headings = (*HEADINGS["English"], "Description")
    rows = [(*row[:2], mark, *row[3:], "part") for row in rows_of(board)]

    assert sum(len(line.designators) for line in read(headings, *rows).lines) == sum(len(names) for names, _ in board)


@given(boards())
def test_a_workbook_says_what_the_text_says(board):
    rows = [HEADINGS["English"], *rows_of(board)]

    assert told(read_bom("bom.xlsx", an_xlsx({"BOM": rows}))) == told(read(*rows))


@given(boards())
def test_an_openoffice_sheet_says_what_the_text_says(board):
    rows = [HEADINGS["English"], *rows_of(board)]

    assert told(read_bom("bom.ods", an_ods("".join(ods_row(*row) for row in rows)))) == told(read(*rows))


@given(boards(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(board, chance):
    rows = rows_of(board)
    shuffled = chance.sample(rows, len(rows))

    assert sorted(told(read(HEADINGS["English"], *shuffled))) == sorted(told(read(HEADINGS["English"], *rows)))


@given(boards(), st.permutations(range(6)))
def test_the_order_of_the_columns_does_not_matter(board, order):
    rows = [HEADINGS["English"], *rows_of(board)]

    assert told(read(*(tuple(row[at] for at in order) for row in rows))) == expected(board)


@given(boards(), st.integers(0, 6))
def test_an_empty_column_changes_nothing(board, at):
    rows = [(*row[:at], "", *row[at:]) for row in (HEADINGS["English"], *rows_of(board))]

    assert told(read(*rows)) == expected(board)


@given(boards(), st.integers(0, 6), st.sampled_from(["Datasheet", "Unit price €", "MOQ", "Link", "Lifecycle"]))
def test_a_column_that_is_of_no_use_changes_nothing(board, at, heading):
    headings, *rows = [HEADINGS["English"], *rows_of(board)]
    wider = [(*headings[:at], heading, *headings[at:]), *((*row[:at], "9", *row[at:]) for row in rows)]

    assert told(read(*wider)) == expected(board)


@given(boards(), st.lists(st.sampled_from(["", "Acme GmbH", "Rev. C", "2024-05-01", "Confidential"]), max_size=30))
def test_a_title_block_above_changes_nothing_but_the_row_numbers(board, title):
    above = [(line,) for line in title]
    reading = read(*above, HEADINGS["English"], *rows_of(board))

    assert told(reading) == expected(board)
    assert reading.lines[0].row == len(title) + 2


@given(boards(), st.integers(0, 5))
def test_blank_rows_between_change_nothing_but_the_row_numbers(board, blank):
    rows = [row for part in rows_of(board) for row in (part, *[()] * blank)]

    assert told(read(HEADINGS["English"], *rows)) == expected(board)


@given(boards(), st.integers(1, 4))
def test_headings_repeated_on_every_page_change_nothing(board, rows_per_page):
    rows = rows_of(board)
    pages = [rows[at : at + rows_per_page] for at in range(0, len(rows), rows_per_page)]
    printed = [row for page in pages for row in (HEADINGS["English"], *page)]

    assert told(read(*printed)) == expected(board)


@given(boards())
def test_the_same_list_printed_twice_counts_once(board):
    once = [HEADINGS["English"], *rows_of(board)]
    reading = read(*once, (), *once)

    assert told(reading) == expected(board)
    assert [finding.code for finding in reading.findings] == ["bom-listed-twice"]


@given(boards(), st.sampled_from(RANGES))
def test_a_range_says_the_same_as_its_list(board, sign):
    ranged = [
        (f"{names[0]}{sign}{names[-1]}" if len(names) > 1 else names[0], str(len(names)), *part)
        for names, part in board
    ]

    assert told(read(HEADINGS["English"], *ranged)) == expected(board)


@given(boards(), st.sampled_from(["DNP", "dni", "Do not populate", "nicht bestücken", "不贴", "не устанавливать"]))
def test_a_mark_leaves_off_its_row_and_no_other(board, mark):
    headings = (*HEADINGS["English"], "Remarks")
    first, *others = rows_of(board)
    marked = read(headings, (*first, mark), *((*row, "") for row in others))
    plain = read(headings, *((*row, "") for row in (first, *others)))

    assert marked.lines == (replace(plain.lines[0], not_fitted=True), *plain.lines[1:])


@given(boards())
def test_reading_twice_says_the_same(board):
    data = csv_of(HEADINGS["English"], *rows_of(board))

    assert read_bom("bom.csv", data) == read_bom("bom.csv", data)


@given(boards())
def test_every_line_counts_something(board):
    assert all(line.per_board > 0 for line in read(HEADINGS["English"], *rows_of(board)).lines)


CELLS = st.sampled_from(
    [
        "",
        "R1",
        "R1-R9",
        "C1,C2",
        "10k",
        "DNP",
        "0603",
        "3",
        "-1",
        '"',
        "=1+1",
        "Total",
        "x" * 5_000,
        "Designator",
        "\u200b",
    ]
)


@given(st.lists(st.lists(CELLS, max_size=8), max_size=12))
def test_no_cells_raise_anything(rows):
    reading = read(("Designator", "Qty", "Value", "DNP", "Footprint", "MPN", "Notes"), *map(tuple, rows))

    assert all(isinstance(line, BomLine) for line in reading.lines)


@given(st.text(max_size=300), st.sampled_from(["bom.csv", "bom.xlsx", "parts.txt", ""]))
def test_no_text_raises_anything_but_a_refusal(text, name):
    try:
        reading = read_bom(name, text.encode("utf-8", "replace"))
    except TableRefused as refused:
        assert refused.remedy.endswith(".")  # noqa: PT017 - most texts are read, and that is right too
    else:
        assert all(line.row > 0 for line in reading.lines)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.99])
def test_a_part_list_that_was_cut_off_is_refused_and_still_called_one(share):
    data = an_xlsx({"BOM": [HEADINGS["English"], ("R1", "1", *PARTS[0])]})
    cut = data[: int(len(data) * share)]

    with pytest.raises(TableRefused) as refused:
        read_tables("bom.xlsx", cut)
    assert refused.value.code == "table-damaged"
    assert table_role("bom.xlsx", cut) is FileRole.BOM
