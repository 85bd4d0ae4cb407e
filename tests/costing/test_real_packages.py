"""Packages of real projects, from the files to a price that says what it does not know."""

import pytest
from costing_examples import demo_basis

from portal.costing.matrix import cost_sheet
from portal.intake.reading import read_package
from portal.parts.packages import PackageClass
from portal.routing.options import BuildOptions, Speed
from portal.routing.population import count_of, population

pytestmark = pytest.mark.corpus
WITH_PARTS = ("caravel-v5", "kibot-jlc", "rpga-feather", "voron-daylight", "odri-microdriver")
BARE = ("hotpi", "ppz-lisasd")


def design_of(corpus, slug):
    return read_package(corpus / "dev" / slug, name=slug).design


def priced(design):
    return cost_sheet(design, BuildOptions(), demo_basis(), boards=100, speed=Speed.STANDARD)


@pytest.mark.parametrize("slug", WITH_PARTS)
def test_a_real_package_is_priced_and_each_part_is_either_priced_or_listed(corpus, slug):
    design = design_of(corpus, slug)
    quote = priced(design)
    told = {line.label for line in quote.lines} | {line.name for line in quote.unpriced}

    assert {part.kind for part in population(design).parts if part.is_placed or part.is_inserted} <= told
    assert quote.total == sum(line.amount for line in quote.lines)


@pytest.mark.parametrize("slug", WITH_PARTS)
def test_four_in_five_parts_of_a_real_board_are_known_by_their_package_name(corpus, slug):
    parts = population(design_of(corpus, slug)).parts
    unknown = count_of(part for part in parts if part.package.package_class is PackageClass.UNKNOWN)

    assert unknown <= 0.2 * count_of(parts)


@pytest.mark.parametrize("slug", BARE)
def test_a_real_package_without_bom_says_that_parts_and_assembly_are_not_priced(corpus, slug):
    quote = priced(design_of(corpus, slug))

    assert {"Assembly", "Parts"} <= {line.name for line in quote.unpriced}
