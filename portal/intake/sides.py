"""The words for top and bottom, in columns and in file names."""

from collections.abc import Iterable, Mapping

from portal.board.design import Side
from portal.intake.headings import plain

WORDS: Mapping[Side, tuple[str, ...]] = {
    Side.TOP: (
        "t | top | toplayer | top layer | top side | f | f cu | front | front side | component side",
        "primary | cs | smd top | top smd | pcb top | oben | oberseite | bestückungsseite | dessus | haut",
        "face dessus | superior | cara superior | alto | lato superiore | верх | верхняя | верхний | gore | gornja",
        "顶层 | 顶面 | 正面 | 頂層 | 頂面 | 表 | 表面 | 部品面 | 상면 | 윗면 | 탑 | 上面 | 上层 | 元件面 | 앞면 | t面",
        "top面 | recto | face supérieure | côté composants | superiore | lato componenti | cara componentes",
        "lado superior | topo | lado dos componentes | верхний слой | сторона компонентов | gornja strana",
        "góra | górna | nahoře | horní | horná | üst | bovenkant | bovenzijde | framsida | topp | felső",
    ),
    Side.BOTTOM: (
        "b | bot | bottom | bottomlayer | bottom layer | bottom side | b cu | back | back side",
        "solder side | secondary | ss | smd bottom | bottom smd | pcb bottom | unten | unterseite | lötseite",
        "dessous | bas | face dessous | inferior | cara inferior | basso | lato inferiore",
        "низ | нижняя | нижний | dolje | donja",
        "底层 | 底面 | 反面 | 背面 | 底層 | 裏 | 裏面 | 半田面 | 하면 | 아랫면 | 바텀 | 下面 | 下层 | 焊接面 | 뒷면",
        "b面 | bottom面 | verso | face inférieure | côté soudure | inferiore | lato saldature | cara soldadura",
        "lado inferior | fundo | lado da solda | нижний слой | сторона пайки | donja strana | dół | dolna | dole",
        "spodní | spodná | alt | onderkant | onderzijde | baksida | botten | alsó",
    ),
}
SIDES = {plain(word): side for side, rows in WORDS.items() for row in rows for word in row.split(" | ")}
# Pairs of which a single word would say nothing, or something else: top first.
PAIRS = (
    *(
        ("a", "b"),
        ("c", "s"),
        ("p", "s"),
        ("b", "l"),
        ("o", "u"),
        ("1", "16"),
        ("comp", "sold"),
        ("comp", "solder"),
        ("в", "н"),
    ),
    *(("side a", "side b"), ("component", "solder"), ("a side", "b side"), ("a面", "b面"), ("h", "b")),
)
SUFFIXES = {"mnt": Side.TOP, "mnb": Side.BOTTOM}
FILE_WORDS = {
    **dict.fromkeys(("top", "front", "toplayer"), Side.TOP),
    **dict.fromkeys(("bottom", "bot", "back", "bottomlayer"), Side.BOTTOM),
}
MIRRORED = frozenset({"yes", "y", "true", "1", "m", "mirror", "mirrored"})
NOT_MIRRORED = frozenset({"no", "n", "false", "0", ""})


def side_of(cell: str) -> Side | None:
    """Top or bottom as a cell says it: "TopLayer", "L8-BOTTOM", "F.Cu", "底层"; None for anything else."""
    words = plain(cell[:60])
    if words in SIDES:
        return SIDES[words]
    ends = {SIDES.get(word) for word in words.split() if len(word) > 2} - {None}
    return ends.pop() if len(ends) == 1 else None


def pair_of_sides(cells: Iterable[str]) -> Mapping[str, Side]:
    """Where a column holds the two words of one pair and no other, what each of them means in this file."""
    words = frozenset(plain(cell[:60]) for cell in cells if cell)
    pair = next((pair for pair in PAIRS if words == set(pair)), None)
    return dict(zip(pair, (Side.TOP, Side.BOTTOM), strict=True)) if pair else {}


def side_of_mirror(cell: str) -> Side | None:
    words = plain(cell[:60])
    if words in MIRRORED:
        return Side.BOTTOM
    return Side.TOP if words in NOT_MIRRORED else None


def side_of_file(name: str) -> Side | None:
    """Eagle's .mnt and .mnb, KiCad's -top.pos, Fusion's _front.txt; None when the name says both or nothing."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].casefold()
    stem, _, suffix = last.rpartition(".")
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    said = {FILE_WORDS[word] for word in plain(stem).split() if word in FILE_WORDS}
    return said.pop() if len(said) == 1 else None
