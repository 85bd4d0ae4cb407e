"""What the kit of an order waits for: boards, stencil, preparation, the parts. All named, nothing assumed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.board.design import Board
from portal.planning.facts import Evidence
from portal.planning.kit import Supply, Wait, working_days
from portal.planning.leadtimes import Delivery, Lead, LeadTimes
from portal.planning.suppliers import Past
from portal.routing.options import Speed

AT_DAY_ZERO = Wait(0, 0, 0)
NAMES_SHOWN = 3
SMALL_M2 = 0.1  # below it an area is told in cm²


@dataclass(frozen=True, slots=True)
class PartLead:
    """One BOM line of this order. `stock` and `lead_days` (working days from the maker) are None where nobody knows.

    Lines in stock at the same `supplier` come in one parcel; without a supplier each is a parcel of its own.
    `as_of`: when somebody told so; lead times double within a year or two, so the day stands beside them.
    """

    name: str
    stock: int | None
    needed: int
    lead_days: int | None
    consigned: bool
    supplier: str = ""
    as_of: date | None = None
    mpn: str = ""  # of what is bought, which may be an alternate

    @property
    def is_in_stock(self) -> bool:
        return self.stock is not None and self.stock >= self.needed


def supplies(
    board: Board,
    part_leads: Sequence[PartLead],
    lead_times: LeadTimes,
    *,
    boards: int,
    speed: Speed,
    past: Past | None = None,
) -> tuple[Supply, ...]:
    """Every long pole of this order, in the order in which people ask for them. `past`: what suppliers did before."""
    bought = [part for part in part_leads if not part.consigned]
    return (
        _by_the_file("Files and programs", lead_times.lead(Delivery.PREPARATION, speed)),
        _bare_boards(board, lead_times, boards=boards, speed=speed),
        _by_the_file("Stencil", lead_times.lead(Delivery.STENCIL, speed)),
        *_consigned(part.name for part in part_leads if part.consigned),
        *_parcels([part for part in bought if part.is_in_stock], lead_times.lead(Delivery.STOCKED_PARTS, speed), past),
        *(_from_the_maker(part, lead_times, past) for part in bought if not part.is_in_stock),
    )


def _by_the_file(name: str, lead: Lead | None) -> Supply:
    if lead is None:
        return Supply(name, None, "the shop has no lead time on file for this")
    typical, late = lead.wait.median_days, lead.wait.p95_days
    because = f"typically {working_days(typical)}, in 1 of 20 cases over {late:g}"
    return Supply(name, lead.wait, because, _told(lead.evidence))


def _bare_boards(board: Board, lead_times: LeadTimes, *, boards: int, speed: Speed) -> Supply:
    layers, area_cm2 = board.copper_layers, board.area_cm2
    if layers is None or area_cm2 is None:
        missing = "the number of copper layers" if layers is None else "the size of the board"
        return Supply("Bare boards", None, f"{missing} is not known")
    area_m2 = area_cm2 * boards / 10_000
    lead = lead_times.lead(Delivery.BOARDS, speed, layers=layers, area_m2=area_m2)
    said = f"{area_m2:.2f} m²" if area_m2 >= SMALL_M2 else f"{area_cm2 * boards:.0f} cm²"
    return _by_the_file(f"Bare boards, {layers} layers, {said}", lead)


def _consigned(names: Iterable[str]) -> Iterator[Supply]:
    """A gate, not a wait: day 0 is not before they are here."""
    if shown := _listed(names):
        yield Supply(f"Customer-supplied {shown}", AT_DAY_ZERO, "day 0 is the day on which they are all here")


def _parcels(parts: Sequence[PartLead], lead: Lead | None, past: Past | None) -> Iterator[Supply]:
    """One parcel is one delivery, however many lines are in it: line by line its lateness would count many times."""
    by_supplier: dict[str, list[PartLead]] = {}
    for part in parts:
        by_supplier.setdefault(part.supplier or part.name, []).append(part)
    for supplier, lines in by_supplier.items():
        at = f" at {supplier}" if lines[0].supplier else ""
        parcel = _by_the_file(f"{_listed(line.name for line in lines)} in stock{at}", lead)
        yield _learnt(parcel, supplier, past) if at and past else parcel


def _learnt(parcel: Supply, supplier: str, past: Past, *, category: str = Delivery.STOCKED_PARTS) -> Supply:
    """The shop's figure, moved by what this supplier did before."""
    said = past.in_words(supplier, category)
    if parcel.wait is None or not said:
        return parcel
    wait = past.wait(parcel.wait, supplier, category)
    return replace(parcel, wait=wait, because=f"{parcel.because}; {said}")


def _from_the_maker(part: PartLead, lead_times: LeadTimes, past: Past | None) -> Supply:
    """What he said he takes, moved by how long this very part took before."""
    stock = "stock not known" if part.stock is None else f"{part.stock} in stock"
    if part.lead_days is None:
        return Supply(part.name, None, f"{part.needed} needed, {stock}, and nobody has told a lead time")
    told = f", as told on {part.as_of}" if part.as_of else ""
    because = f"{part.needed} needed, {stock}: from the maker in typically {working_days(part.lead_days)}{told}"
    supply = Supply(part.name, lead_times.maker.wait(part.lead_days), because, _told(lead_times.maker.evidence))
    return _learnt(supply, part.supplier, past, category=part.name) if past and part.supplier else supply


def _told(evidence: Evidence) -> str:
    return f"{evidence.source}; {evidence.date}, grade {evidence.grade}"


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
