"""The house as the architecture tests see it: its files, their trees, and what a rule is."""

import ast
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".txt",
    ".in",
    ".lock",
    ".cfg",
    ".ini",
    ".sh",
    ".svg",
    "",
}


@dataclass(frozen=True)
class Source:
    """One file: its path from the root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")


@dataclass(frozen=True)
class Rule:
    """`check` yields the faults of one file. `bad` breaks the rule and `good` does not: both are tested.

    `allowed` names a file (or a pattern) and the reason why the rule does not hold there.
    """

    name: str
    reason: str
    files: tuple[str, ...]
    check: Callable[[Source], Iterator[str]]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    allowed: Mapping[str, str] = field(default_factory=dict)
    sample_path: str = "portal/web/sample.py"

    def holds_for(self, path: str) -> bool:
        return matches(path, self.files) and not matches(path, self.allowed)

    def faults(self) -> list[str]:
        return [
            f"{source.path}: {fault}"
            for source in sources()
            if self.holds_for(source.path)
            for fault in self.check(source)
        ]

    def faults_of_sample(self, text: str) -> list[str]:
        return list(self.check(Source(self.sample_path, text)))


def matches(path: str, patterns: Mapping[str, str] | tuple[str, ...]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


@cache
def tracked() -> tuple[str, ...]:
    """What is committed, or would be: everything that git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


@cache
def sources() -> tuple[Source, ...]:
    """Every text file of the house."""
    return tuple(
        Source(path, (ROOT / path).read_text("utf-8"))
        for path in tracked()
        if Path(path).suffix in TEXT and is_text(path)
    )


def is_text(path: str) -> bool:
    return b"\0" not in (ROOT / path).read_bytes()[:4096]


def sources_of(*patterns: str) -> list[Source]:
    return [source for source in sources() if matches(source.path, patterns)]


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last, docstring and all."""
    return (function.end_lineno or function.lineno) - function.lineno + 1
