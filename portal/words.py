"""What the command line says to people when they do not ask for JSON."""

from collections.abc import Iterator
from typing import Any

Report = dict[str, Any]


def inspection_in_words(report: Report) -> str:
    return "\n".join((*_board(report["board"]), *_counts(report), *_findings(report["findings"])))


def _known(figure: object, unit: str = "") -> str:
    return "not known" if figure is None else f"{figure}{unit and ' ' + unit}"


def _board(board: Report) -> Iterator[str]:
    yield f"Size            {_known(board['width_mm'])} × {_known(board['height_mm'], 'mm')}"
    yield f"Copper layers   {_known(board['copper_layers'])}"
    drills = board["drills"]
    yield f"Holes           {drills['hits']} in {drills['sizes']} sizes" if drills else "Holes           not known"
    yield f"Finest track    {_known(board['min_track_mm'], 'mm')}"
    yield f"Smallest ring   {_known(board['min_annular_ring_mm'], 'mm')}"


def _counts(report: Report) -> Iterator[str]:
    bom, placements = report["bom"], report["placements"]
    yield f"BOM             {bom['lines']} lines, {bom['designators']} designators, {bom['not_fitted']} not fitted"
    yield f"Placements      {placements['top']} top, {placements['bottom']} bottom"


def _findings(findings: list[Report]) -> Iterator[str]:
    for finding in findings:
        where = f"{finding['where']}: " if finding["where"] else ""
        yield f"{finding['severity'].upper():5} {where}{finding['message']} {finding['remedy']}"


def price_in_words(report: Report) -> str:
    lines = [f"{line['label']}: {line['quantity']} × {line['rate']} = {line['amount']}" for line in report["lines"]]
    lines += [f"{line['name']}: not priced; {line['because']}" for line in report["unpriced"]]
    return "\n".join([*lines, f"Total {report['total']} {report['currency']}"])


def verification_in_words(report: Report) -> str:
    return "\n".join(
        f"{'FAULT' if check['faults'] else 'ok':6} {check['name']} ({check['looked_at']})"
        + "".join(f"\n       {fault}" for fault in check["faults"])
        for check in report["checks"]
    )


def loading_in_words(report: Report) -> str:
    taken = f"New versions of the shop's data: {', '.join(report['taken'])}" if report["taken"] else ""
    left = f"Not taken, because a later version was made in the portal: {', '.join(report['left'])}"
    return "\n".join(filter(None, (taken, left if report["left"] else ""))) or "The shop's data has not changed."


def backup_in_words(report: Report) -> str:
    if report["faults"]:
        return "\n".join(("This backup is not whole:", *(f"  {fault}" for fault in report["faults"])))
    return f"The backup of {report['made_at']} is whole: {report['files']} files, {report['bytes'] / 1e6:.1f} MB."


def restoration_in_words(report: Report) -> str:
    return (
        f"Restored what was there at {report['made_at']}: {report['files']} files. Everybody has to sign in anew.\n"
        f"Mail is paused, {report['waiting_mail']} letters wait. Some may have been sent after the backup was made:\n"
        "look at the outbox first, then let mail go with: portal resume"
    )


def bounces_in_words(report: dict[str, Any]) -> str:
    dead = [f"{address} gets no more letters until somebody confirms it." for address in report["dead"]]
    return "\n".join(dead + [f"{address}: nothing follows of this report." for address in report["left"]])


def resumption_in_words(report: Report) -> str:
    return f"Mail goes out again; {report['waiting_mail']} letters wait."
