"""The command line: `portal …`. With --json each command prints one JSON object on stdout and nothing else.

Exit codes: 0 done, 2 the customer's input is bad (the findings say what), 1 our fault.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from portal.errors import BadInput, PackageRefused, PortalError, RatesRefused

if TYPE_CHECKING:
    from portal.settings import Settings

BAD_INPUT = 2
BEHIND = 10  # how far the worker steps back, as `nice` counts it


class House(click.Group):
    """Turns the one tree of errors into a sentence and an exit code."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Noted before anything is parsed: a fault in the arguments is told as JSON, too."""
        ctx.meta["json"] = "--json" in args
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PortalError as error:
            if ctx.meta.get("json"):
                print(json.dumps(refusal(error)))
            else:
                print(rows(error), file=sys.stderr)
            sys.exit(BAD_INPUT if isinstance(error, BadInput) else 1)
        except click.UsageError as error:
            if not ctx.meta.get("json"):
                raise
            print(json.dumps(refusal(BadInput(error.format_message()))))
            sys.exit(BAD_INPUT)


def refusal(error: PortalError) -> dict[str, Any]:
    """A refused package in the form of the contract: a stop finding."""
    if isinstance(error, PackageRefused):
        finding = {"code": error.code, "message": error.message, "remedy": error.remedy}
    else:
        finding = {"code": "bad-input", "message": error.sentence, "remedy": ""}
    return {"error": error.sentence, "findings": [{"severity": "stop", "where": "", **finding}]}


def rows(error: PortalError) -> str:
    """For people: every fault of a rate card or facts file in a row of its own."""
    return "\n".join(error.faults) if isinstance(error, RatesRefused) else error.sentence


as_json = click.option("--json", "wants_json", is_flag=True, help="One JSON object on stdout.")
given_file = click.Path(exists=True, dir_okay=False, path_type=Path)


def show(report: dict[str, Any], wants_json: bool, in_words: Callable[[dict[str, Any]], str]) -> None:
    """JSON in ASCII: a file name need not be text that this terminal knows."""
    if wants_json:
        print(json.dumps(report))
    else:
        click.echo(in_words(report).encode(errors="backslashreplace"))


def the_settings(**given: Any) -> "Settings":
    """The environment, read only for a command that asks: loading pydantic takes longer than starting the command."""
    from portal.settings import Settings

    return Settings(**given)


@click.group(cls=House)
def main() -> None:
    """Boardwright: the quoting and order portal of an electronics assembler."""


@main.command()
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option("--take", help="Which board of several to read, by its name.")
@click.option("--corrections", type=given_file, help="What you know better, JSON: see docs/corrections.md.")
@as_json
def inspect(package: Path, *, take: str | None, corrections: Path | None, wants_json: bool) -> None:
    """Read a package (zip, folder, tgz or a single file) and say what is in it."""
    from portal.gateways.reader import LimitedReader
    from portal.intake.corrections_text import corrections_of_file
    from portal.intake.report import inspect_report
    from portal.words import inspection_in_words

    said = corrections_of_file(corrections)
    reading = LimitedReader().read(package, name=package.stem, take=take, corrections=said, on_step=lambda _: None)
    if reading.fault:
        print(reading.fault, file=sys.stderr)
    show(inspect_report(reading), wants_json, inspection_in_words)


@main.command()
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option("--quantities", default="1,10,100,1000", help="Comma-separated, 1 to 100000.")
@click.option("--speeds", default="standard,express")
@click.option("--options", "options_file", type=given_file, help="Build options, TOML.")
@click.option("--rates", type=given_file, help="A rate card, TOML.")
@click.option("--catalogue", type=given_file, help="Offers, CSV.")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Also write the quote as a PDF.")
@as_json
def quote(package: Path, pdf: Path | None, wants_json: bool, **asked: Any) -> None:
    """Price a package without a database."""
    from portal.costing.text import quote_text
    from portal.desk import Ask, quote_without_database

    show(quote_without_database(package, the_settings(), ask=Ask(**asked), pdf=pdf), wants_json, quote_text)


@main.command()
@click.argument("facts", type=given_file)
@click.option("--rates", required=True, type=given_file)
@as_json
def price(facts: Path, rates: Path, wants_json: bool) -> None:
    """Price given facts (placements, lines, area …) with any rate card."""
    from portal.desk import price_given_facts
    from portal.words import price_in_words

    show(price_given_facts(facts, rates), wants_json, price_in_words)


@main.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from portal.demo import migrated_engine

    migrated_engine(the_settings())


@main.command()
def serve() -> None:
    """Web and worker together, for production behind a proxy."""
    from portal.serving import is_ready, run_together, web_command, worker_command

    settings = the_settings()
    if not is_ready(settings):
        from portal.demo import prepare

        prepare(settings)
    sys.exit(run_together([web_command(settings), worker_command()], {}))


@main.command()
def worker() -> None:
    """The worker alone. It stands behind: whoever waits for a page comes first where the processor is short."""
    from portal.demo import workshop
    from portal.jobs import run_worker

    os.nice(BEHIND)
    with workshop(the_settings()) as shop:
        run_worker(shop)


@main.command()
@click.option("--port", default=8000, help="Where to listen on this machine.")
@click.option("--web-processes", envvar="PORTAL_WEB_PROCESSES", default=1, help="One starts soonest.")
def demo(port: int, web_processes: int) -> None:
    """A shop to try: makes and fills the database when it is new, starts web and worker, prints the address."""
    from portal.serving import is_answering, is_listening, is_ready, run_together, web_command, worker_command

    settings = the_settings(is_demo=True, base_url=f"http://127.0.0.1:{port}", web_processes=web_processes)
    if is_listening(settings):
        raise click.ClickException(f"Port {port} is taken. Stop what listens there, or give another: --port 8001")
    if not is_ready(settings):
        from portal.demo import first_start

        first_start(settings)

    def say_where() -> bool:
        up = is_answering(settings)
        if up:
            print(f"Boardwright is at {settings.base_url}  (stop it with Ctrl-C)", flush=True)
        return up

    environment = {"PORTAL_IS_DEMO": "1", "PORTAL_BASE_URL": settings.base_url}
    sys.exit(run_together([web_command(settings), worker_command()], environment, when_up=say_where))


@main.group()
def shop() -> None:
    """The shop's own data: rates, machines, calendar, lead times, catalogue, company."""


@shop.command("load")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_json
def load(folder: Path | None, wants_json: bool) -> None:
    """Take the changed files of FOLDER (config/ by default) as new versions: all, or none when one is faulty."""
    from portal.demo import load_shop
    from portal.words import loading_in_words

    show(load_shop(the_settings(), folder), wants_json, loading_in_words)


@shop.command("prices")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def prices(file: Path, wants_json: bool) -> None:
    """Take in FILE, a supplier's price list (docs/catalogue.md), in place of the older offers of its suppliers."""
    from portal.demo import take_price_list

    report = take_price_list(the_settings(), file)
    show(report, wants_json, lambda said: f"{said['offers']} offers of {said['oldest']} to {said['newest']}")


@shop.command("holidays")
@click.argument("place")
@click.argument("year", type=int)
@as_json
def holidays(place: str, year: int, wants_json: bool) -> None:
    """The public holidays of PLACE (DE, or DE-BY for a part of it) in YEAR, as lines of the calendar file."""
    from portal.days_off import as_rows, holidays_report

    show(holidays_report(place, year), wants_json, as_rows)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Make none: say whether the one in FOLDER is whole.")
@as_json
def backup(folder: Path, only_check: bool, wants_json: bool) -> None:
    """Copy database and files into a new FOLDER while the portal goes on working."""
    from portal.backup import checked_backup, make_backup
    from portal.words import backup_in_words

    report = checked_backup(folder) if only_check else make_backup(the_settings(), folder, at=datetime.now(UTC))
    show(report, wants_json, backup_in_words)
    sys.exit(0 if report["ok"] else 1)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_json
def restore(folder: Path, wants_json: bool) -> None:
    """Bring the backup in FOLDER back into an empty data folder. Everybody signs in anew; mail waits for `resume`."""
    from portal.restore import restore_backup
    from portal.words import restoration_in_words

    show(restore_backup(the_settings(), folder, at=datetime.now(UTC)), wants_json, restoration_in_words)


@main.command()
@as_json
def resume(wants_json: bool) -> None:
    """Send mail again after a restore."""
    from portal.restore import resume_mail
    from portal.words import resumption_in_words

    show(resume_mail(the_settings()), wants_json, resumption_in_words)


@main.command()
@as_json
def verify(wants_json: bool) -> None:
    """Check every invariant of the data; print each with how much was looked at."""
    from portal.demo import verified
    from portal.words import verification_in_words

    report = verified(the_settings())
    show(report, wants_json, verification_in_words)
    sys.exit(0 if report["ok"] else 1)


@main.group()
def mail() -> None:
    """Letters of the portal."""


@mail.command("bounced")
@click.argument("report", type=click.File("rb"), default="-")
@as_json
def bounced(report: BinaryIO, *, wants_json: bool) -> None:
    """Take a mail server's report of a letter that it could not deliver: the address gets no more until confirmed."""
    from portal.demo import take_bounces
    from portal.words import bounces_in_words

    show(take_bounces(the_settings(), report.read()), wants_json, bounces_in_words)


@main.group()
def staff() -> None:
    """People of the house."""


@staff.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(["sales", "floor", "admin"]), required=True)
@as_json
def add(email: str, role: str, wants_json: bool) -> None:
    """Add a member of the house; prints a password to be changed at the first sign-in."""
    from portal.demo import add_staff_member

    report = add_staff_member(the_settings(), email, role)
    show(report, wants_json, lambda said: f"{said['email']} may sign in once with {said['password']}")


@staff.command("reset")
@click.argument("email")
@as_json
def reset(email: str, wants_json: bool) -> None:
    """Take the second factor away, give a new password, sign out everywhere: for a lost telephone."""
    from portal.demo import reset_staff_member

    report = reset_staff_member(the_settings(), email)
    show(report, wants_json, lambda said: f"{said['email']} may sign in once with {said['password']}")


if __name__ == "__main__":
    main()
