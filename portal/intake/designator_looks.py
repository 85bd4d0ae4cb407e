"""What a name on a board looks like: R1, LED12, C3L2, U$1, and the odd ones that a column of designators may hold."""

LONGEST_DESIGNATOR = 24
ALLOWED_MARKS = frozenset("_-+.#:?$/")
# Letters of IEEE 315, IEC 81346 and GOST 2.710 and what CAD libraries make of them.
USUAL = frozenset(
    letters
    for row in (
        "R C L D U Q J P X Y T K F FB SW S LED IC CN CON JP TP RN RV VR BT BAT B BZ LS MK M H HS ANT A E G N V W Z",
        "CR RT RL REL DS DA DD VD VT HL XS XP XT XJ SB SA ZQ RP TR TH FL FID USB PS PCB VC CE EC RA RX OSC LD ZD TVS",
        "MH OK IR MOV PTC NTC CB CP EL MIC AE BR CD CJ DZ ESD FU HD ISO JK JST KEY KL LCD MOD NT OPT PR PWR RF SH SK",
        "SL SP SPK SV TB TC TS UC VAR VREG VS WS XTAL",
    )
    for letters in row.split()
)

# Cyrillic and Greek letters that print like Latin ones, and come from a keyboard left in the other layout.
LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXIJSABEZHIKMNOPTYX")


def is_designator(text: str) -> bool:
    """Looks like R1, LED12, C3L2, J1A, U$1: what nearly every real one looks like."""
    return (
        1 < len(text) <= LONGEST_DESIGNATOR
        and text[0].isalpha()
        and text[0].isascii()
        and any(character.isdigit() for character in text)
        and all(character.isalnum() or character in "_-#$" for character in text)
        and _leading_letters(text) <= 6
    )


def _leading_letters(text: str) -> int:
    return next((at for at, character in enumerate(text) if not character.isalpha()), len(text))


def latin(name: str) -> str:
    """The name with look-alike letters replaced, if that makes it a Latin one; else as it is."""
    if name.isascii():
        return name
    replaced = name.translate(LOOK_ALIKES)
    return replaced if replaced.isascii() else name


def may_be_called(piece: str) -> bool:
    """In a column of designators odd names are taken too: ANT, ?1, USB_1, J1#2, 3V3, 3,2mm1."""
    return (
        0 < len(piece) <= LONGEST_DESIGNATOR
        and any(character.isalpha() or character == "?" for character in piece)
        and (all(character.isalnum() or character in ALLOWED_MARKS for character in piece) or is_decimal_name(piece))
    )


def is_decimal_name(cell: str) -> bool:
    """A hole that is called 3,2mm1: the comma parts nothing between two digits at the start."""
    first, comma, rest = cell[:LONGEST_DESIGNATOR].partition(",")
    return bool(comma) and first.isdecimal() and rest[:1].isdecimal() and any(map(str.isalpha, rest)) and rest.isalnum()
