import pytest
from golden_quotes import DESIGNS, HERE, golden


@pytest.mark.parametrize("name", DESIGNS)
def test_the_whole_quote_is_the_one_that_was_last_read_and_accepted(name):
    """Differs on purpose? Run tests/golden/golden_quotes.py, read the difference, commit it."""
    accepted = (HERE / f"{name}.txt").read_text(encoding="utf-8")

    assert golden(name) == accepted
