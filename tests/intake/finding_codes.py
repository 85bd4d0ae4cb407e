"""The findings of the intake and board rooms, as their source says them -> docs/findings.md.

Written anew by: python tests/intake/finding_codes.py
"""

import ast
import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from finding_examples import CENTROIDS, PAIRS, PART_LISTS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "findings.md"
ROOMS = ("portal/intake", "portal/board")
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
LONGEST_INSTANCE = 200
SEVERITIES = ("STOP", "ASK", "NOTE")
HEAD = """\
# What may be found in a package

Every finding of the rooms intake and board: its code, which never changes, how grave it is, and what it says.
‹…› stands for what is filled in. *stop*: nothing can be built from this; *ask*: somebody must decide; *note*: good to
know; *refused*: this file is not read at all. The page is written by `python tests/intake/finding_codes.py`.

| Code | Severity | It says | For instance (¶ ends a line) |
|---|---|---|---|
"""

Names = dict[str, ast.expr]


def sources() -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).glob("*.py"))]


def codes_in(tree: ast.AST) -> set[str]:
    """Every word-with-hyphens that is a text of its own, and no character set."""
    if isinstance(tree, ast.JoinedStr):
        return set()
    texts = {tree.value} if isinstance(tree, ast.Constant) and isinstance(tree.value, str) else set()
    found = {text for text in texts if CODE.fullmatch(text) and not _is_character_set(text)}
    return found.union(*map(codes_in, ast.iter_child_nodes(tree)))


def _is_character_set(text: str) -> bool:
    with suppress(LookupError):
        return bool(codecs.lookup(text))
    return False


def page() -> str:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources()]
    shared = {name: value for tree in trees for name, value in _assigned(tree.body, before=1_000)}
    said: dict[str, tuple[set[str], list[str]]] = {}
    for tree in trees:
        for code, severities, sentence in _findings(tree, shared):
            said.setdefault(code, (set(), []))[0].update(severities)
            said[code][1].append(sentence)
    return HEAD + "".join(_row(code, *said[code]) for code in sorted(said))


def _row(code: str, severities: set[str], sentences: list[str]) -> str:
    says = " <br> ".join(dict.fromkeys(sentences))
    cells = (f"`{code}`", " or ".join(sorted(severities)), says, _instance(code))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _instance(code: str) -> str:
    """The smallest file that earns it, where that is a short text."""
    parts, places = PAIRS.get(code, (PART_LISTS.get(code, ""), CENTROIDS.get(code, "")))
    line = f"{parts}{places}".strip().replace("\n", " ¶ ")
    return f"`{line}`" if len(line) < LONGEST_INSTANCE and line.isprintable() and line else ""


def _findings(tree: ast.Module, shared: Names) -> Iterator[tuple[str, set[str], str]]:
    """(code, severities, sentence) of each call that says a sentence with a code."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for function in functions.values():
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            names = {**shared, **dict(_assigned(ast.walk(function), before=call.lineno))}
            arguments = [_meant(value, names) for value in (*call.args, *(word.value for word in call.keywords))]
            severities = _severities(call, arguments, functions)
            sentence = next((text for value in arguments if " " in (text := _shown(value))), "")
            if _called(call) == "Finding" and len(arguments) > 3:
                sentence = _shown(arguments[3])
            for code in (code for value in arguments if not isinstance(value, ast.Call) for code in codes_in(value)):
                if sentence and severities:
                    yield code, severities, sentence


def _assigned(nodes: Iterable[ast.AST], *, before: int) -> Iterator[tuple[str, ast.expr]]:
    """Names with what they were last given above that line."""
    given = [node for node in nodes if isinstance(node, ast.Assign) and node.lineno <= before]
    for node in sorted(given, key=lambda node: node.lineno):
        if isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _meant(value: ast.expr, names: Names) -> ast.expr:
    return names.get(value.id, value) if isinstance(value, ast.Name) else value


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _severities(call: ast.Call, arguments: list[ast.expr], functions: dict[str, ast.FunctionDef]) -> set[str]:
    """As the call says it, else as the function that it calls."""
    if _called(call).endswith("Refused"):
        return {"refused"}
    for node in [*arguments, *([functions[_called(call)]] if _called(call) in functions else [])]:
        if named := {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)} & {*SEVERITIES}:
            return {name.lower() for name in named}
    return set()


def _shown(value: ast.expr) -> str:
    """A sentence with ‹name› for what is filled in; of two sentences the first."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.JoinedStr):
        return "".join(_shown(part) for part in value.values)
    if isinstance(value, ast.FormattedValue | ast.Name):
        return f"‹{_last_name(getattr(value, 'value', value))}›"
    if isinstance(value, ast.IfExp):
        return _shown(value.body) or _shown(value.orelse)
    return _shown(value.left) if isinstance(value, ast.BinOp) else ""


def _last_name(value: ast.expr) -> str:
    names = [getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(value)]
    return names[0].replace("_", " ") if names and names[0] else "…"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
