"""What would be argued about in every review: the rules of templates, stylesheets and scripts, read from the files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# These are for paper alone: their own sheets, their own units, no dark
PAPER = {"document", "document_head", "document_lines"}
STYLES = sorted(path for path in (ROOT / "static" / "css").glob("*.css") if path.stem not in PAPER)
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if path.parent.name not in {"letters", "documents"}]  # what a browser shows
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")
LAYER_OF = {"page": "layout"}
OF_THE_HOUSE = {"app", "reset", "tokens", "base", "page", "layout", "utilities", "print"}  # that are no component

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:oklch|oklab|rgba?|hsla?|hwb|light-dark|color-mix)\(", re.IGNORECASE)
SPACE = re.compile(r"(?:padding|margin|gap)[a-z-]*:[^;]*?\b\d*\.?\d+(?:rem|em|px)", re.IGNORECASE)
CLASS = re.compile(r"\.([a-z][a-z0-9_-]*)")


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=[str(path.relative_to(ROOT)) for path in paths])


def rules(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


@named(STYLES)
def test_a_stylesheet_is_short(path):
    assert length(path) <= 150


@named(STYLES)
def test_no_stylesheet_shouts_or_names_an_id(path):
    assert "!important" not in path.read_text()
    assert not re.search(r"#[a-z][\w-]*[^{};]*\{", rules(path), re.IGNORECASE)


@named([path for path in STYLES if path.stem not in {"tokens", "print"}])
def test_colours_stand_only_among_the_tokens(path):
    assert COLOUR.findall(rules(path)) == []


@named([path for path in STYLES if path.stem not in {"tokens", "print", "icon", "notice"}])
def test_spaces_stand_only_among_the_tokens(path):
    assert SPACE.findall(rules(path)) == []


@named([path for path in STYLES if path.stem != "app"])
def test_a_stylesheet_lives_in_its_layer(path):
    layer = LAYER_OF.get(path.stem, path.stem if path.stem in LAYERS else "components")
    assert re.findall(r"@layer (\w+)", rules(path)) == [layer]


def test_every_stylesheet_is_imported_once():
    imported = re.findall(r'@import url\("(.+?)"\)', (ROOT / "static" / "css" / "app.css").read_text())
    assert sorted(imported) == sorted(path.name for path in STYLES if path.stem != "app")


@named([path for path in STYLES if path.stem not in OF_THE_HOUSE])
def test_a_component_styles_only_classes_of_its_own_name(path):
    own = path.stem.replace("_", "-")
    borrowed = {"icon", "number"}
    foreign = {
        name for name in CLASS.findall(rules(path)) if name.split("__")[0].split("--")[0] not in {own, own + "-box"}
    }
    assert foreign <= borrowed


def test_every_component_has_a_stylesheet_of_its_name_and_every_stylesheet_a_component():
    assert {path.stem for path in COMPONENTS} == {path.stem for path in STYLES} - OF_THE_HOUSE


def test_every_class_in_a_page_is_styled_somewhere_or_is_a_part_of_what_is():
    used = {
        name
        for path in PAGES
        for value in re.findall(r'class="([a-z][\w -]*)"', path.read_text())
        for name in value.split()
    }
    styled = {name for path in STYLES for name in CLASS.findall(rules(path))}
    blocks = {name.split("__")[0] for name in styled}
    assert {name for name in used if name.split("__")[0] not in blocks | styled} == set()


def test_every_token_that_is_used_is_defined():
    text = "\n".join(rules(path) for path in STYLES)
    defined = set(re.findall(r"(--[\w-]+):", text))
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= defined


@named(TEMPLATES)
def test_a_template_is_short(path):
    assert length(path) <= 60


@named(PAGES)
def test_no_page_carries_style_or_script_of_its_own(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:|hx-on|js:", text)


@named(COMPONENTS)
def test_a_component_is_a_macro_of_its_name_with_its_use_at_the_top(path):
    text = path.read_text()
    use = text[: text.index("#}")]

    assert text.startswith("{#")
    assert re.search(rf"\b{path.stem}\(", use)
    assert f"{{% macro {path.stem}(" in text


@named(TEMPLATES)
def test_no_template_does_sums(path):
    expressions = re.findall(r"\{\{(.*?)\}\}", path.read_text(), re.DOTALL)
    assert [e for e in expressions if re.search(r"[\w)]\s*(?:\*|/(?!\w)|\+|\|\s*sum\b|\|\s*round\b)\s*[\w(]", e)] == []


@named(SCRIPTS)
def test_a_script_is_short_and_evaluates_nothing(path):
    assert length(path) <= 150
    assert not re.search(r"\beval\(|new Function|document\.write|setTimeout\([\"']", path.read_text())


def test_the_lock_file_trusts_contents_and_names_no_registry():
    lock = (ROOT / "config" / "frontend" / "package-lock.json").read_text()
    assert lock.count('"integrity"') == 4
    assert "resolved" not in lock
