"""Components, part list and approved vendors of an IPC-2581 file -> placements and BOM lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.board.design import Alternate, BomLine, Placement, Side
from portal.intake.gerber_operations import LARGEST_MM
from portal.intake.ipc2581_primitives import is_true, tag
from portal.intake.ipc2581_sets import place_of
from portal.intake.native_parts import WORDS, in_our_words, is_left_off, said

NO_PART = {"DOCUMENT"}  # test points, logos: in the list for the sake of completeness
CHARACTERISTICS = ("Textual", "Measured", "Enumerated", "Ranged")
UNKNOWN_MAKER = {"unknown", "none"}


@dataclass(frozen=True, slots=True)
class Item:
    """One BomItem. `fitted` and `left_off` are designators, `number` its part number in the customer's house."""

    number: str
    fitted: tuple[str, ...]
    left_off: tuple[str, ...]
    quantity: int | None
    texts: dict[str, str]


@dataclass
class Parts:
    """All of one file. `makers`: id -> name; `vendors`: part number -> (MPN, id of the maker), the chosen first."""

    items: list[Item] = field(default_factory=list)
    makers: dict[str, str] = field(default_factory=dict)
    vendors: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def take_item(self, element: Any) -> None:
        if (element.get("category") or "").upper() in NO_PART:
            return
        found = [child for child in element if tag(child) == "RefDes" and child.get("name")]
        number = element.get("OEMDesignNumberRef") or ""
        texts = {
            "package": next((child.get("packageRef") for child in found if child.get("packageRef")), ""),
            "description": said(element.get("description") or number),
            **in_our_words(_characteristics(element)),
        }
        fitted = tuple(child.get("name") for child in found if is_true(child.get("populate") or "true"))
        left_off = tuple(child.get("name") for child in found if not is_true(child.get("populate") or "true"))
        self.items.append(Item(number, fitted, left_off, _count(element.get("quantity")), texts))

    def take_vendors(self, element: Any) -> None:
        """AvlItem: the chosen one first, then as the file has them."""
        found = [
            (not is_true(child.get("chosen") or child.get("choosen")), child)
            for child in element
            if tag(child) == "AvlVmpn"
        ]
        choices = self.vendors.setdefault(element.get("OEMDesignNumber") or "", [])
        for _, child in sorted(found, key=lambda each: each[0]):
            mpn = next((said(e.get("name") or "") for e in child if tag(e) == "AvlMpn"), "")
            maker = next((e.get("enterpriseRef") or "" for e in child if tag(e) == "AvlVendor"), "")
            if mpn:
                choices.append((mpn, maker))

    def take_maker(self, element: Any) -> None:
        self.makers[element.get("id") or ""] = element.get("name") or element.get("id") or ""

    def lines(self, *, tool: str) -> tuple[BomLine, ...]:
        found: list[BomLine] = []
        for item in self.items:
            texts = {**item.texts, **self._order_numbers(item, tool)}
            alternates = () if "kicad" in tool.lower() else tuple(self._alternates(item, texts))
            plain = {word: texts.get(word, "") for word in WORDS}
            left_off = is_left_off(texts)
            for names, not_fitted in ((item.fitted, left_off), (item.left_off, True)):
                if names or (not not_fitted and item.quantity and not item.left_off):
                    quantity = item.quantity if not item.left_off else None
                    found.append(
                        BomLine(len(found) + 1, names, quantity, **plain, not_fitted=not_fitted, alternates=alternates)
                    )
        return tuple(found)

    def _order_numbers(self, item: Item, tool: str) -> dict[str, str]:
        """The first choice. KiCad lists the distributor's number second, which is no other part."""
        choices = self.vendors.get(item.number, [])
        if not choices:
            return {}
        mpn, maker = choices[0]
        named = self.makers.get(maker, "")
        texts = {"mpn": mpn, **({"manufacturer": named} if named and named.lower() not in UNKNOWN_MAKER else {})}
        return texts | ({"supplier_part": choices[1][0]} if "kicad" in tool.lower() and len(choices) > 1 else {})

    def _alternates(self, item: Item, texts: dict[str, str]) -> Iterator[Alternate]:
        for mpn, maker in dict.fromkeys(self.vendors.get(item.number, [])):
            if mpn != texts.get("mpn"):
                named = self.makers.get(maker, "")
                yield Alternate(mpn, "" if named.lower() in UNKNOWN_MAKER else named)


def _characteristics(item: Any) -> Iterator[tuple[str, str]]:
    """Every property of the part: its name, and its value with its unit."""
    for group in item:
        if tag(group) != "Characteristics":
            continue
        for child in group:
            kind = tag(child)
            if kind in CHARACTERISTICS:
                start = kind.lower()
                value = child.get(f"{start}CharacteristicValue") or ""
                unit = child.get("engineeringUnitOfMeasure") or ""
                yield child.get(f"{start}CharacteristicName") or "", f"{value} {unit}" if unit else value


def _count(text: str | None) -> int | None:
    """Quantities come as 3 and as 3.0."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return int(number) if 0 < number < 1_000_000 and number == int(number) else None


def placement_of(component: Any, side: Side | None, *, mm: float) -> Placement | None:
    """None without a designator. Raises ValueError for a place that is not said, no number, or beyond any board.

    Without a side, what is mirrored lies on the bottom.
    """
    name = (component.get("refDes") or "").strip()
    if not name:
        return None
    if not any(tag(child) == "Location" for child in component):
        raise ValueError(name)
    place = place_of(component, mm)
    side = side or (Side.BOTTOM if place.mirrored else Side.TOP)
    value = in_our_words((child.get("name") or "", child.get("value") or "") for child in component).get("value", "")
    x, y = place.at
    if max(abs(x), abs(y)) > LARGEST_MM:
        raise ValueError(name)
    package = component.get("packageRef") or ""
    return Placement(name, side, round(x, 6), round(y, 6), place.turn_deg % 360, value=value, package=package)
