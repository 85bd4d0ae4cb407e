"""What stands below a list: which part of how many."""

import pytest

from portal.web.lists import in_words


@pytest.mark.parametrize(
    ("first", "last", "total", "said"),
    [
        (1, 50, 1204, "1 to 50 of 1,204 quotes"),
        (1201, 1204, 1204, "1,201 to 1,204 of 1,204 quotes"),
        (51, 51, 51, "51 of 51 quotes"),
        (1, 8, 8, "8 quotes"),
        (1, 1, 1, "1 quote"),
        (51, 50, 50, "none of 50 quotes"),
    ],
)
def test_a_list_says_which_part_of_it_is_shown(first, last, total, said):
    assert in_words(first, last, total=total, noun="quotes") == said
