"""How a board looks: solder mask, what is under it, legend and finish, as one sees them on 35 µm copper."""

from dataclasses import dataclass

from portal.board.design import FileRole

Colour = str  # "#rrggbb"


@dataclass(frozen=True, slots=True)
class Look:
    """The mask over laminate and over copper, the legend, and what the openings of the mask show."""

    mask: Colour = "#0d5f35"
    mask_on_copper: Colour = "#1a8049"
    legend: Colour = "#f4f5f0"
    laminate: Colour = "#b8a06a"
    finish: Colour = "#d9b14a"


BODY, BODY_OPACITY, BODY_EDGE, DOT = (
    "#22262b",
    0.78,
    "#8d949c",
    "#ffffff",
)  # parts: moulding compound, pads shine through

# mask over laminate, mask over copper, legend
MASK_COLOURS = {
    "green": ("#0d5f35", "#1a8049", "#f4f5f0"),
    "black": ("#17191b", "#2b2e31", "#f4f5f0"),
    "blue": ("#0b3a74", "#175398", "#f4f5f0"),
    "red": ("#8b1220", "#b2202e", "#f4f5f0"),
    "white": ("#e9e9e4", "#f6f6f2", "#1c1d1f"),
    "yellow": ("#b98a05", "#d5a516", "#1c1d1f"),
    "purple": ("#3a1a57", "#552a7a", "#f4f5f0"),
}
FINISHES = {"enig": "#d9b14a", "hasl": "#c6cacb", "osp": "#c98a5a", "silver": "#d5d8da", "tin": "#c9ccc9"}

# A layer alone: strong enough on a light page and on a dark one.
FILMS = {
    FileRole.COPPER: "#b5722c",
    FileRole.MASK: "#1a8049",
    FileRole.PASTE: "#77838f",
    FileRole.LEGEND: "#7a7f3a",
    FileRole.OUTLINE: "#5a6fc0",
}
HOLES = "#5a6fc0"


def look(mask_colour: str = "green", finish: str = "enig") -> Look:
    """An unknown mask is green, an unknown finish gold."""
    mask, on_copper, legend = MASK_COLOURS.get(mask_colour, MASK_COLOURS["green"])
    return Look(mask, on_copper, legend, finish=FINISHES.get(finish, FINISHES["enig"]))
