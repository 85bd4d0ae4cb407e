"""The words with which customers say "leave this one off", and how far each can be trusted."""

from enum import Enum

from portal.intake.headings import plain


class Fitting(Enum):
    """UNSURE: a word that means several things; somebody must decide."""

    FITTED = "fitted"
    NOT_FITTED = "not fitted"
    UNSURE = "unsure"
    UNSAID = "unsaid"


# Trusted wherever they stand as words of their own: "10k DNP", "0/DNP", "Do not populate!".
PHRASES = frozenset(
    plain(phrase)
    for row in (
        "dnp | dni | dnf | dnm | no pop | nopop | no mount | no fit | no load | no stuff | no place | unpopulated",
        "do not populate | do not place | do not fit | excluded from bom | exclude from bom",
        "do not install | do not mount | do not stuff | do not assemble",
        "don't populate | don't place | don't fit | don't install | don't mount | do not solder | not to be fitted",
        "not fitted | not populated | not mounted | not placed",
        "not installed | not stuffed | not assembled | unfitted",
        "nicht bestücken | nicht bestückt | unbestückt | nicht bestuecken | entfällt | wird nicht bestückt",
        "ne pas monter | non monté | non montée | ne pas câbler | ne pas souder | ne pas placer",
        "ne pas implanter | no montar | no colocar | sin montar",
        "non montare | non montato | не устанавливать | не монтировать | не ставить | не запаивать | ne montirati",
        "ne ugrađivati | ne ugraditi | ne lemiti | не паять | nie montować | neosazovat | neosazeno | não montar",
        "niet plaatsen | niet monteren | non popolare | no poblar",
    )
    for phrase in row.split(" | ")
)
# Scripts without blanks between words: anywhere in the cell.
SIGNS = (
    "未実装",
    "不実装",
    "実装しない",
    "実装不要",
    "実装なし",
    "非実装",
    "未搭載",
    "非搭載",
    "搭載しない",
    "不贴",
    "不焊",
    "空贴",
    "空焊",
    "不上件",
    "不装",
    "不安装",
    "不貼",
    "不打件",
    "空貼",
    "실장안함",
    "미장착",
    "미실장",
    "미삽",
)
# Trusted only when nothing else stands in the cell; behind a value they are a question ("10k NC").
ABBREVIATIONS = frozenset(
    {"nf", "n f", "nm", "nc", "n c", "ns", "np", "n p", "nb", "n b", "dns", "absent", "omit", "omitted"}
)
DOUBTFUL = frozenset({"nf", "nm", "nc", "ns", "np", "dns", "optional", "option", "opt"})
UNITS = frozenset({"nf", "nm", "ns"})
YES, NO = (
    frozenset(plain(word) for word in row.split(" | "))
    for row in (
        "x | yes | y | true | 1 | t | ja | oui | si | да | 是 | 예 | はい | 有 | あり | アリ | exclude | excluded",
        "no | n | false | 0 | f | nein | non | нет | 否 | 無 | なし | ナシ | 아니오 | include | included",
    )
)
LONGEST_PHRASE_WORDS = 4


def in_cell(cell: str) -> Fitting:
    """What a value, note or description says about fitting."""
    if not cell or len(cell) > 500:
        return Fitting.UNSAID
    words = plain(cell).split()
    if " ".join(words) in ABBREVIATIONS or _has_phrase(words) or any(sign in cell for sign in SIGNS):
        return Fitting.NOT_FITTED
    return Fitting.UNSURE if len(words) > 1 and _has_doubtful(words) else Fitting.UNSAID


def _has_doubtful(words: list[str]) -> bool:
    """The nF of "100 nF" is a unit."""
    is_number = [word.isdecimal() for word in ("", *words)]
    return any(word in DOUBTFUL and not (word in UNITS and is_number[at]) for at, word in enumerate(words))


def _has_phrase(words: list[str]) -> bool:
    return any(
        " ".join(words[at : at + length]) in PHRASES
        for at in range(len(words))
        for length in range(1, LONGEST_PHRASE_WORDS + 1)
    )


def in_not_fitted_column(cell: str) -> Fitting:
    """A column that is called DNP: a cross means left off."""
    words = plain(cell)
    if not words:
        return Fitting.UNSAID
    if words in YES or in_cell(cell) is Fitting.NOT_FITTED:
        return Fitting.NOT_FITTED
    return (
        Fitting.FITTED if words in NO or words in {"fit", "fitted", "mount", "mounted", "populate"} else Fitting.UNSURE
    )


def in_fitted_column(cell: str) -> Fitting:
    """A column that is called Fitted: a "no" means left off."""
    words = plain(cell)
    if not words:
        return Fitting.UNSAID
    return Fitting.NOT_FITTED if words in NO or in_cell(cell) is Fitting.NOT_FITTED else Fitting.FITTED


def in_optional_column(cell: str) -> Fitting:
    """A column that is called Optional: whether this build has the part, nobody here can say."""
    words = plain(cell)
    if not words or words in NO:
        return Fitting.UNSAID
    return Fitting.NOT_FITTED if in_cell(cell) is Fitting.NOT_FITTED else Fitting.UNSURE


def is_not_fitted_sheet(name: str) -> bool:
    """Some customers keep what is left off on a sheet of its own: DNP, NM, No Mount Components."""
    return in_cell(name) is Fitting.NOT_FITTED


def without_phrases(cell: str) -> str:
    """The cell without its fitting words: "NF(C199)" leaves "C199"."""
    words = cell.replace("(", " ").replace(")", " ").replace(":", " ").split()
    kept: list[str] = []
    while words:
        length = _mark_length(words)
        if not length:
            kept.append(words[0])
        words = words[length or 1 :]
    return " ".join(kept)


def _mark_length(words: list[str]) -> int:
    """How many of the first words say "not fitted"."""
    lengths = range(min(LONGEST_PHRASE_WORDS, len(words)), 0, -1)
    return next((length for length in lengths if plain(" ".join(words[:length])) in PHRASES | ABBREVIATIONS), 0)
