"""What Python code of the house does and does not do."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from house import Rule, Source

CODE = ("app.py", "portal/*.py")
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers", "misc", "common"}
CLOCKS = {"now", "utcnow", "today"}
BROAD = {"Exception", "BaseException"}


def dotted(node: ast.AST) -> str:
    """`datetime.now` of the expression that says so; empty for anything but a dotted name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    return ((node, dotted(node.func)) for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def words(name: str) -> set[str]:
    """`GerberFileHandler` and `gerber_file_handler` are the same three words."""
    return set(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_"))


def empty_names(source: Source) -> Iterator[str]:
    path = PurePosixPath(source.path).with_suffix("")
    classes = [node.name for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
    for name in (*path.parts, *classes):
        if words(name) & EMPTY_NAMES:
            yield name


def packages_without_reason(source: Source) -> Iterator[str]:
    if not ast.get_docstring(source.tree):
        yield "no docstring"


def commits(source: Source) -> Iterator[str]:
    for call, name in calls(source):
        if name.endswith(".commit") or (isinstance(call.func, ast.Attribute) and call.func.attr == "commit"):
            yield f"line {call.lineno} commits"


def clock_reads(source: Source) -> Iterator[str]:
    for call, name in calls(source):
        if name == "time.time" or name.rpartition(".")[2] in CLOCKS:
            yield f"line {call.lineno} reads {name}()"


def environment_reads(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv"}:
            yield f"line {node.lineno} reads {dotted(node)}"


def broad_excepts(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or names_in(node.type) & BROAD):
            yield f"line {node.lineno} catches everything"
    for call, name in calls(source):
        if name.endswith("suppress") and set().union(*map(names_in, call.args)) & BROAD:
            yield f"line {call.lineno} suppresses everything"


def names_in(node: ast.AST) -> set[str]:
    return {dotted(inner).rpartition(".")[2] for inner in ast.walk(node)}


def floats(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        if is_literal or (isinstance(node, ast.Call) and dotted(node.func) == "float"):
            yield f"line {node.lineno} makes a float"


def mocks(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        imported = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        imported += [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if any("mock" in name.lower().split(".") for name in imported):
            yield f"line {node.lineno} imports a mock"


RULES = (
    Rule(
        name="a name says what is inside",
        reason="A drawer called utils or manager takes everything, so nothing in it is ever found again.",
        files=("app.py", "portal/*.py", "tests/*.py", "migrations/*.py"),
        check=empty_names,
        bad=("class UploadHandler: ...", "class FileManager: ..."),
        good=("class Upload: ...", "class Handling: ..."),
    ),
    Rule(
        name="each room says what it is for",
        reason="A package's docstring tells what the room is for, who may come in and what it knows nothing of.",
        files=("portal/*__init__.py",),
        check=packages_without_reason,
        bad=("", "import os\n"),
        good=('"""What a board is."""\n',),
    ),
    Rule(
        name="only the edge commits",
        reason="One commit per request, at the edge: a service that commits leaves half a change when the rest fails.",
        files=CODE,
        check=commits,
        bad=("session.commit()", "g.session.commit()", "Session(engine).commit()"),
        good=("session.flush()",),
        allowed={
            "portal/db.py": "the edge of a web request",
            "portal/jobs*.py": "the edge of a job",
            "portal/cli*.py": "the edge of a command",
        },
    ),
    Rule(
        name="only the edge reads the clock",
        reason="The clock is passed in, so that yesterday's quote can be computed again and a test needs no waiting.",
        files=CODE,
        check=clock_reads,
        bad=("datetime.now(UTC)", "date.today()", "time.time()", "datetime.datetime.utcnow()", "func.now()"),
        good=("time.perf_counter()", "at.date()", "time.monotonic()"),
        allowed={
            "portal/web/*.py": "a request happens now",
            "portal/jobs*.py": "a job happens now",
            "portal/cli*.py": "a command happens now",
            "portal/demo.py": "the command line's own wiring",
            "portal/incoming.py": "part of the worker",
            "portal/planner.py": "part of the worker",
            "portal/printing.py": "part of the worker",
            "portal/till.py": "part of the worker",
            "portal/desk.py": "the command line's quotes, without a database",
        },
    ),
    Rule(
        name="only the settings read the environment",
        reason="The environment is read once, into a frozen value that is checked whole at the start.",
        files=CODE,
        check=environment_reads,
        bad=("os.environ['X']", "os.getenv('X')"),
        good=("settings.database_url",),
        allowed={
            "portal/settings.py": "the one place",
            "portal/gateways/pdf.py": "its child gets the PATH and nothing else",
            "portal/gateways/reader.py": "its child gets the PATH and nothing else",
            "portal/serving.py": "its children get what it got itself",
        },
    ),
    Rule(
        name="nothing catches everything",
        reason="Our bugs are loud; a customer's bad input has an error of its own.",
        files=CODE,
        check=broad_excepts,
        bad=(
            "try: ...\nexcept: ...",
            "try: ...\nexcept Exception: ...",
            "try: ...\nexcept (ValueError, BaseException): ...",
            "with suppress(Exception): ...",
        ),
        good=("try: ...\nexcept ValueError: ...", "with suppress(FileNotFoundError): ..."),
        allowed={"portal/jobs*.py": "the job runner writes down what went wrong and tries again"},
    ),
    Rule(
        name="no float touches money",
        reason="0.1 + 0.2 is not 0.3 in a float, and a price must add up to the cent.",
        files=("portal/costing/*.py", "portal/models/*.py"),
        check=floats,
        bad=("rate = 0.65", "float(rate)"),
        good=("rate = Decimal('0.65')", "area_mm2: float"),
    ),
    Rule(
        name="a test uses the real thing or an honest twin",
        reason="A mock agrees with whatever the code believes; the gateways' in-memory twins do not.",
        files=("tests/*.py",),
        check=mocks,
        bad=("from unittest.mock import patch", "import unittest.mock", "from unittest import mock"),
        good=("from portal.gateways.mail import Outbox",),
    ),
)
