"""What the documents promise is there."""

import os
import re

import pytest
from house import ROOT, Source, sources_of, tracked

PAGES = sources_of("*.md")
DECISIONS = sources_of("docs/decisions/*.md")
PARTS_OF_A_DECISION = ("## Context", "## Decision", "## Consequences")
README = (ROOT / "README.md").read_text("utf-8")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)[^)]*\)")


def dead_links(page: Source) -> list[str]:
    folder = (ROOT / page.path).parent
    links = [link for link in LINK.findall(page.text) if not re.match(r"[a-z]+:", link)]
    return [link for link in links if not (folder / link).exists()]


def missing_parts(page: Source) -> list[str]:
    return [part for part in PARTS_OF_A_DECISION if f"\n{part}\n" not in page.text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_link_leads_somewhere(page: Source):
    assert not dead_links(page)


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.path)
def test_a_decision_says_why_and_what_follows(page: Source):
    assert not missing_parts(page)


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.path)
def test_a_decision_fits_onto_one_page(page: Source):
    assert page.lines <= 60


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(page.path.rpartition("/")[2][:4]) for page in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("command", ["bin/run", "bin/test"])
def test_the_two_commands_of_the_readme_can_be_called(command):
    assert f"\n{command}\n" in README
    assert os.access(ROOT / command, os.X_OK)


@pytest.mark.parametrize("path", ["README.md", "CHANGELOG.md", "LICENSE", "docs/worked-quote.md"])
def test_a_newcomer_finds(path):
    assert path in tracked()


def test_every_room_stands_in_the_readme():
    rooms = {path.split("/")[1] for path in tracked() if path.startswith("portal/") and path.count("/") >= 2}

    assert not [room for room in sorted(rooms) if room not in README]


def test_the_readme_names_every_setting_and_no_other():
    from portal.settings import Settings

    named = set(re.findall(r"\bPORTAL_([A-Z_]+)\b", README)) - {"TEST_DATABASE_URL", "TEST_CHANCE"}

    assert named == {field.upper() for field in Settings.model_fields}


def test_every_command_in_the_readme_can_be_called():
    from portal.cli import main

    assert set(re.findall(r"`(?:\.venv/bin/)?portal (\w+)", README)) <= set(main.commands)


def test_a_dead_link_is_seen():
    page = Source("docs/x.md", "[a](../README.md) [b](nowhere.md#part) [c](https://example.org) ![d](gone.png)")

    assert dead_links(page) == ["nowhere.md", "gone.png"]


def test_a_decision_without_consequences_is_seen():
    page = Source("docs/decisions/0001-x.md", "# X\n\n## Context\n\nWe had to.\n\n## Decision\n\nSo we did.\n")

    assert missing_parts(page) == ["## Consequences"]
