"""The electrical side of an ODB++ step (`eda/data`): which net and which pin each feature on copper belongs to."""

from collections import defaultdict
from dataclasses import dataclass, field

from portal.board.design import Side
from portal.intake.odb_text import text_of

NO_NET = "$NONE$"
SIDES = {"T": Side.TOP, "B": Side.BOTTOM}
Pin = tuple[Side, int, int]  # the side, the number of the component there, the number of its pin


@dataclass
class Nets:
    """By the name of the layer, then by the number of the feature on it. `packages` by their number."""

    nets: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    pins: dict[str, dict[int, Pin]] = field(default_factory=lambda: defaultdict(dict))
    packages: list[str] = field(default_factory=list)


def read_nets(data: bytes) -> Nets:
    """Lines that say nothing are passed over: a net less is no reason to refuse a board."""
    found, net = Nets(), ""
    layers: list[str] = []
    pin: Pin | None = None
    for line in text_of(data).split("\n"):
        kind, _, rest = line.partition(" ")
        words = rest.partition(";")[0].split()
        if kind == "FID":
            _feature(found, words, layers=layers, belongs=(net, pin))
        elif kind == "SNT":
            pin = _pin(words)
        elif kind == "NET" and words:
            net, pin = "" if words[0] == NO_NET else words[0], None
        elif kind == "LYR":
            layers = [word.lower() for word in words]
        elif kind == "PKG" and words:
            found.packages.append(words[0])
            net, pin = "", None
    return found


def _feature(found: Nets, words: list[str], *, layers: list[str], belongs: tuple[str, Pin | None]) -> None:
    """FID C layer feature; H are holes and L are other layers."""
    if len(words) < 3 or words[0] != "C" or not (words[1].isdecimal() and words[2].isdecimal()):
        return
    layer, number = int(words[1]), int(words[2])
    if layer >= len(layers):
        return
    net, pin = belongs
    if net:
        found.nets[layers[layer]][number] = net
    if pin:
        found.pins[layers[layer]][number] = pin


def _pin(words: list[str]) -> Pin | None:
    """SNT TOP side component pin"""
    if len(words) > 3 and words[0] == "TOP" and words[1] in SIDES and words[2].isdecimal() and words[3].isdecimal():
        return SIDES[words[1]], int(words[2]), int(words[3])
    return None
