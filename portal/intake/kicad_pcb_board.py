"""One KiCad board while it is read: its settings, its nets, its layers, and a film for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portal.intake.kicad_pcb_films import Film, Frame, Room
from portal.intake.kicad_pcb_layers import BOTTOM_COPPER, TOP_COPPER, Layers, read_layers
from portal.intake.s_expressions import Node

VERSION_5, VERSION_6 = 20_170_000, 20_200_000  # the first formats of these; before, numbers were smaller
TENTING_SINCE = 20_241_000  # before, one switch of the plot settings opened the mask over all vias
OUTER_MASK = {TOP_COPPER: "F.Mask", BOTTOM_COPPER: "B.Mask"}
SIDE_WORD = {TOP_COPPER: "front", BOTTOM_COPPER: "back"}


@dataclass
class Board:
    """`node` is the whole file. What it does not say is as KiCad takes it."""

    node: Node
    films: dict[str, Film] = field(default_factory=dict)
    room: Room = field(default_factory=Room)

    @cached_property
    def version(self) -> int:
        word = self.node.word("version")
        return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else 0

    @property
    def is_old(self) -> bool:
        return self.version < VERSION_6

    @cached_property
    def layers(self) -> Layers:
        return read_layers(self.node, self.version)

    @cached_property
    def setup(self) -> Node:
        return self.node.first("setup") or Node("setup")

    @cached_property
    def plot_settings(self) -> Node:
        return self.setup.first("pcbplotparams") or Node("pcbplotparams")

    @cached_property
    def frame(self) -> Frame:
        """That of its Gerber files: of the sheet, or of the drill origin where the plot settings say so."""
        origin = self.setup.numbers("aux_axis_origin", 2)
        if origin is None or self.plot_settings.word("useauxorigin") not in ("true", "yes"):
            return Frame()
        return Frame(-origin[0], origin[1])

    @cached_property
    def nets(self) -> Mapping[str, str]:
        """Number -> name; empty from version 10 on, where things carry the name itself."""
        return {net.words[0]: net.words[1] for net in self.node.every("net") if len(net.words) > 1}

    def net_of(self, node: Node) -> str:
        """A pad carries number and name, a track only the number."""
        net = node.first("net")
        if net is None or not net.words:
            return node.word("net_name")
        return net.words[1] if len(net.words) > 1 else self.nets.get(net.words[0], "" if self.nets else net.words[0])

    @cached_property
    def classes(self) -> Mapping[str, Node]:
        """Net -> its class, which in old files says what a via does not."""
        every = [*self.node.every("net_class")]
        return {add.words[0]: row for row in every for add in row.every("add_net") if add.words}

    def film(self, layer: str) -> Film:
        return self.films.setdefault(layer, Film(self.room))

    def layers_of(self, node: Node) -> frozenset[str]:
        words = [word for child in node.every("layer", "layers") for word in child.words]
        return self.layers.of(words)

    def opens_vias(self, layer: str) -> bool:
        """Whether the mask is open over the vias of this outer layer, where the via itself says nothing."""
        if self.version < TENTING_SINCE:
            return self.plot_settings.word("viasonmask") in ("true", "yes")
        return is_tented(self.setup, layer) is False


def is_tented(node: Node, layer: str) -> bool | None:
    """What (tenting front back) or (tenting (front yes) (back no)) says of a side; None where it says nothing."""
    tenting = node.first("tenting")
    if tenting is None:
        return None
    word = SIDE_WORD[layer]
    if tenting.first(word):
        return {"yes": True, "no": False}.get(tenting.word(word))
    return word in tenting.words
