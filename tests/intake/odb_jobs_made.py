"""Small ODB++ jobs as a CAD tool writes them, file by file. Lengths are millimetres unless a test says otherwise."""

from portal.intake.archives import Member

LAYERS = (  # (name, type) from top to bottom
    ("comp_+_top", "COMPONENT"),
    ("sst", "SILK_SCREEN"),
    ("spt", "SOLDER_PASTE"),
    ("smt", "SOLDER_MASK"),
    ("top", "SIGNAL"),
    ("bottom", "SIGNAL"),
    ("smb", "SOLDER_MASK"),
    ("comp_+_bot", "COMPONENT"),
    ("drill", "DRILL"),
    ("rout", "ROUT"),
)
SQUARE = "OB 0 0 I\nOS 0 50\nOS 80 50\nOS 80 0\nOS 0 0\nOE\n"
PROFILE = f"UNITS=MM\nS P 0\n{SQUARE}SE\n"
DRILL = "UNITS=MM\n$0 r300\n@0 .drill\nP 10 10 0 P 1 8 0;0=2\nP 20 10 0 P 2 8 0;0=0\nP 30 10 0 P 3 8 0;0=1\n"
PART = "CMP 0 10 20 90.0 N R1 RES ;0\nPRP Value '10k'\nPRP MPN 'RC0603FR-0710KL'\nTOP 0 9 20 0 N 0 0 1\n"
COMPONENTS = f"UNITS=MM\n@0 .comp_height\n@1 .no_pop\n{PART}"
NETS = "HDR x\nLYR top bottom\nNET GND\nSNT TOP T 0 0\nFID C 0 0\nNET VCC\nSNT TRC\nFID C 0 1\nPKG R0603 1 -1 -1 1 1\n"
COPPER = "UNITS=MM\n$0 r1000\n$1 r200\nP 9 20 0 P 0 8 0\nL 9 20 40 20 1 P 0\n"


def matrix(layers=LAYERS, *, steps=("pcb",), negative=()):
    columns = "".join(f"STEP {{\n  COL={at}\n  NAME={name.upper()}\n}}\n" for at, name in enumerate(steps, start=1))
    rows = "".join(
        f"LAYER {{\n  ROW={at}\n  CONTEXT=BOARD\n  TYPE={kind}\n  NAME={name.upper()}\n"
        f"  POLARITY={'NEGATIVE' if name in negative else 'POSITIVE'}\n}}\n"
        for at, (name, kind) in enumerate(layers, start=1)
    )
    return columns + rows


def files(**layers):
    """The files of a whole small board; a layer is given by its features, as `top="…"`."""
    features = {"top": COPPER, "bottom": COPPER, "drill": DRILL, **layers}
    return {
        "matrix/matrix": matrix(),
        "misc/info": "ODB_VERSION_MAJOR=8\nODB_SOURCE=Example CAD\nUNITS=MM\n",
        "steps/pcb/stephdr": "UNITS=MM\n",
        "steps/pcb/profile": PROFILE,
        "steps/pcb/eda/data": NETS,
        "steps/pcb/layers/comp_+_top/components": COMPONENTS,
        **{f"steps/pcb/layers/{name}/features": text for name, text in features.items()},
    }


def members(texts, *, root="odbjob/"):
    """As the archive gives them; None leaves a file out."""
    each = ((f"{root}{path}", text) for path, text in texts.items() if text is not None)
    return tuple(Member(name, text if isinstance(text, bytes) else text.encode()) for name, text in each)


def job(*, root="odbjob/", **layers):
    return members(files(**layers), root=root)


def packed(data, *, widest=12):
    """What `compress` makes of it: LZW codes, the narrowest first, each run padded to groups of eight."""
    known = {bytes((value,)): value for value in range(256)}
    codes, widths, next_code, width, word = [], [], 257, 9, b""
    for value in data:
        longer = word + bytes((value,))
        if longer in known:
            word = longer
            continue
        codes.append(known[word])
        widths.append(width)
        if next_code < 1 << widest:
            known[longer] = next_code
            next_code += 1
        # The reader is one entry behind the writer, and widens its codes when its own table is full.
        width = min(max(9, (next_code - 1).bit_length()), widest) if next_code - 1 >= 1 << width else width
        word = longer[-1:]
    if word:
        codes.append(known[word])
        widths.append(width)
    return b"\x1f\x9d" + bytes((0x80 | widest,)) + _bits(codes, widths)


def _bits(codes, widths):
    out, number, filled, in_run, before = bytearray(), 0, 0, 0, widths[0] if widths else 9
    for code, width in zip(codes, widths, strict=True):
        if width != before:
            padded = -(-in_run // 8) * before * 8
            filled += padded - in_run * before
            in_run, before = 0, width
        number |= code << filled
        filled += width
        in_run += 1
    out += number.to_bytes(-(-filled // 8), "little")
    return bytes(out)
