"""What templates, style sheets and every other text file must not hold."""

import re
from collections.abc import Iterator

from house import Rule, Source

PAGES = ("templates/*.html",)
SHEETS = ("static/*.css",)
EVERYWHERE = ("*",)

# Spelt so that this file does not hold what it looks for.
MACHINE_PATHS = r"(?<![\w.])/(?:work/(?:main|shared|\.)|ro{2}t\b|home/\w)"
REGISTRIES = r"\b(?:pypi|npmjs|pythonhosted|debian|ubuntu)\.(?:org|com)\b"


def lines_with(pattern: str):
    found = re.compile(pattern, re.IGNORECASE)

    def check(source: Source) -> Iterator[str]:
        for number, line in enumerate(source.text.splitlines(), start=1):
            if match := found.search(line):
                yield f"line {number} has {match[0].strip()!r}"

    return check


RULES = (
    Rule(
        name="a page has no style of its own",
        reason="Colours and spaces come from the tokens, or dark mode and the printed quote look broken.",
        files=PAGES,
        check=lines_with(r"\sstyle\s*=|<style\b"),
        allowed={
            "templates/documents/*.html": "the printer fetches nothing, so a document carries its style sheet in it"
        },
        bad=('<p style="color: red">', "<p\tSTYLE = x>", "<style>p {}</style>"),
        good=('<p class="style">', '<link rel="stylesheet" href="x.css">'),
    ),
    Rule(
        name="a page has no script in it",
        reason="The content security policy refuses inline script, so that a file's name can never become one.",
        files=PAGES,
        check=lines_with(r"<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:"),
        bad=("<script>alert(1)</script>", '<a onclick="go()">', '<a href="javascript:go()">', '<script type="module">'),
        good=('<script src="x.js" defer></script>', '<p data-on="x">', '<a hx-on="x">'),
    ),
    Rule(
        name="a page trusts no text",
        reason="What a customer typed is shown, never run.",
        files=PAGES,
        check=lines_with(r"\|\s*safe\b|autoescape\s+false"),
        bad=("{{ name | safe }}", "{{ name|safe }}", "{% autoescape false %}"),
        good=("{{ name }}", "{{ size | safety_margin }}"),
    ),
    Rule(
        name="a style sheet needs no force",
        reason="The layers decide who wins; an id or !important starts a race that only a louder one ends.",
        files=SHEETS,
        check=lines_with(r"!important|^\s*#[a-z][\w-]*[^;]*\{"),
        bad=("p { color: red !important }", "#quote .button {", "  #quote {"),
        good=(".quote { color: var(--color-accent) }",),
        allowed={"static/css/reset.css": "who asked for less motion gets it everywhere"},
    ),
    Rule(
        name="colours live in the tokens",
        reason="A second red is a red that dark mode and print forget.",
        files=SHEETS,
        check=lines_with(r":[^;{]*(?:#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\()"),
        bad=("p { color: #c00 }", "p { color: #C00000; }", "p { color: rgb(1 2 3) }", "--x: oklch(50% 0 0);"),
        good=(".a { color: var(--color-accent) }", ".a:hover {", "fill: none;"),
        allowed={"static/css/tokens.css": "the tokens"},
    ),
    Rule(
        name="no file names one machine's folders",
        reason="It would work on that machine only, and tells strangers about it.",
        files=EVERYWHERE,
        check=lines_with(MACHINE_PATHS),
        bad=("cd /" + "work/main", "x = '/" + "root/.cache'", "/" + "home/anna/boards"),
        good=("/work-centres/3", "https://example.org/home/", "a/root/b", "../shared/corpus"),
        allowed={"LICENSE": "not ours", "tests/intake/*.py": "a customer's export names the customer's own folders"},
    ),
    Rule(
        name="no file names a package registry",
        reason="Which mirror a shop installs from is its own setting; hashes say that it is the right thing.",
        files=EVERYWHERE,
        check=lines_with(REGISTRIES),
        bad=("https://" + "pypi" + ".org/simple", "registry." + "npmjs" + ".org", "deb." + "debian" + ".org"),
        good=("installed from PyPI", "Debian and Ubuntu"),
        allowed={"LICENSE": "not ours"},
    ),
    Rule(
        name="a lock file has hashes and no addresses",
        reason="An address in a lock file sends every shop to the machine on which it was locked.",
        files=("*.lock", "*package-lock.json"),
        check=lines_with(r"https?://(?!(?:opencollective|github|www\.patreon|feross|tidelift)\b)|\"resolved\":"),
        bad=('"resolved": "x"', "--index-url https://mirror.example/simple"),
        good=("flask==3.1.3 \\", "    --hash=sha256:aa"),
    ),
)
