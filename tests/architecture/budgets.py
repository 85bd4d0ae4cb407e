"""The budgets of the house that hold for each file or function by itself."""

import ast
from collections.abc import Iterator

from house import Rule, Source, functions, length

CODE = ("app.py", "portal/*.py")
VERBS = {"route", "get", "post", "put", "patch", "delete"}
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)
ONCE = {"migrations/versions/*.py": "a migration is the record of one change, read from top to bottom once"}
SHORT = "def f():\n    return 1\n"


def longer_than(most: int):
    def check(source: Source) -> Iterator[str]:
        if source.lines > most:
            yield f"{source.lines} lines"

    return check


def long_functions(source: Source) -> Iterator[str]:
    for function in functions(source):
        if length(function) > 60:
            yield f"{function.name} has {length(function)} lines"


def long_routes(source: Source) -> Iterator[str]:
    for function in functions(source):
        if length(function) > 20 and any(is_route(decorator) for decorator in function.decorator_list):
            yield f"{function.name} has {length(function)} lines"


def is_route(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in VERBS


def many_positional(source: Source) -> Iterator[str]:
    for function in functions(source):
        names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        count = len([name for name in names if name not in {"self", "cls", "session"}])
        if count > 3:
            yield f"{function.name} takes {count} by position"


def deep_functions(source: Source) -> Iterator[str]:
    for function in functions(source):
        if (depth := max(map(depth_of, function.body))) > 3:
            yield f"{function.name} nests {depth} deep"


def depth_of(node: ast.AST) -> int:
    """Blocks within blocks; an `elif` lies beside its `if`, and a function inside a function starts anew."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return 0
    inner = max((depth_of(child) for child in ast.iter_child_nodes(node)), default=0)
    is_elif = isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
    if is_elif:
        own = max((depth_of(child) for child in node.body), default=0) + 1
        return max(own, depth_of(node.orelse[0]))
    return inner + isinstance(node, BLOCKS)


RULES = (
    Rule(
        name="a file is at most 400 lines long",
        reason="What does not fit into a head at once hides its faults; the second subject of a file gets its own.",
        files=("*.py",),
        check=longer_than(400),
        bad=("x = 1\n" * 401,),
        good=("x = 1\n" * 400,),
        allowed=ONCE,
    ),
    Rule(
        name="a function is at most 60 lines long",
        reason="A shop owner must be able to check a rule by reading it.",
        files=("*.py",),
        check=long_functions,
        bad=("def f():\n" + "    x = 1\n" * 60,),
        good=("def f():\n" + "    x = 1\n" * 59,),
        allowed=ONCE,
    ),
    Rule(
        name="a route is at most 20 lines long",
        reason="A route looks up, checks the form, calls one verb and answers; what is longer is a service.",
        files=("portal/web/*.py",),
        check=long_routes,
        bad=("@bp.post('/x')\ndef f():\n" + "    x = 1\n" * 20,),
        good=("@bp.post('/x')\ndef f():\n" + "    x = 1\n" * 19, "def f():\n" + "    x = 1\n" * 20),
    ),
    Rule(
        name="a function takes at most three arguments by position",
        reason="Beyond three nobody knows at the call which is which; the rest is named. "
        "The session stands first in every service, as self does in a method, and is not counted.",
        files=CODE,
        check=many_positional,
        bad=("def f(a, b, c, d): ...", "class A:\n    def f(self, a, b, c, d): ..."),
        good=("def f(a, b, c, *, d): ...", "class A:\n    def f(self, a, b, c): ..."),
    ),
    Rule(
        name="blocks nest at most three deep",
        reason="The innermost line must not depend on four conditions that have scrolled away; name the inner part.",
        files=CODE,
        check=deep_functions,
        bad=("def f():\n for a in b:\n  if a:\n   with a:\n    if c:\n     return 1\n",),
        good=("def f():\n for a in b:\n  if a:\n   return 1\n  elif b:\n   return 2\n  elif c:\n   return 3\n", SHORT),
    ),
    Rule(
        name="a template is at most 60 lines long",
        reason="layout, page, component: a longer page has a component in it that wants a name.",
        files=("templates/*.html", "templates/*.txt"),
        check=longer_than(60),
        bad=("<p>\n" * 61,),
        good=("<p>\n" * 60,),
    ),
    Rule(
        name="a style sheet is at most 150 lines long",
        reason="Component = macro = file = class, one name.",
        files=("static/*.css",),
        check=longer_than(150),
        bad=("a {}\n" * 151,),
        good=("a {}\n" * 150,),
    ),
)
