"""The cases of the literature that this room is held to, each with its number in the list and where it is tested."""

import importlib

import pytest
from flexible_shops import OPTIMA, FlexibleShop

# Numbers of the list of ten checkable cases. Not here: of case 6 order quantities, newsvendors, safety stock and
# kanban, and case 7, forecasts: nothing in this house is bought for stock, so nothing would use them. 9 belongs to the
# machines' messages, 10 to the parts.
CASES = {
    "1 job shops": ("test_job_shops", "test_the_optimum_of_a_small_shop_is_found"),
    "1 hard job shops": ("test_job_shops", "test_a_hard_shop_is_well_on_its_way_after_a_few_thousand_tries"),
    "1 checker": ("test_job_shops", "test_what_the_search_costs_is_what_an_independent_checker_finds"),
    "2 flexible job shops": ("test_oracle_cases", "test_case_2_a_flexible_shop_is_never_better_than_its_optimum"),
    "3 frePPLe lead time, order 1": (
        "test_oracles",
        "test_frepple_lead_time_order_1_is_delivered_on_9_january_and_not_on_the_3rd",
    ),
    "3 frePPLe lead time, order 2": (
        "test_oracles",
        "test_frepple_lead_time_order_2_waits_for_six_more_subassemblies_and_comes_on_11_january",
    ),
    "3 frePPLe set-up matrix": (
        "test_oracles",
        "test_frepple_setup_black_behind_green_takes_a_day_of_set_up_and_is_done_on_9_january",
    ),
    "4 Oracle": ("test_atp", "test_oracles_row_of_backward_consumption_and_accumulation"),
    "4 JD Edwards, discrete": ("test_atp", "test_jd_edwards_discrete_row"),
    "4 JD Edwards, cumulative": ("test_atp", "test_jd_edwards_cumulative_row"),
    "5 netting over several levels": ("test_netting", "test_oca_multi_level_row_of_demand_and_what_to_procure"),
    "5 ten rows": ("test_netting", "test_oca_multi_level_has_these_ten_rows_below_its_products_and_no_other"),
    "5 pegging": ("test_netting", "test_oca_multi_level_says_for_whom_each_part_is"),
    "6 Wagner and Whitin": ("test_lotsizes", "test_wagner_and_whitin_order_210_and_150_for_1380"),
    "8 PERT": ("test_oracles", "test_pert_is_done_by_day_53_in_822_of_1000_cases"),
    "8 lognormal": ("test_oracles", "test_devores_lognormal_has_these_quantiles"),
    "8 lognormal chances": ("test_oracles", "test_devores_lognormal_has_these_chances"),
    "8 buffer": ("test_oracles", "test_a_critical_chain_of_three_has_one_buffer_of_4_69"),
    "8 kit of forty": ("test_oracles", "test_a_kit_of_forty_lines_at_95_percent_is_whole_in_129_of_1000_cases"),
    "8 drawn kits": ("test_oracles", "test_the_kit_agrees_within_two_percent_with_20000_drawn_kits"),
}


@pytest.mark.parametrize("case", CASES)
def test_every_case_is_a_test_of_that_name(case):
    module, name = CASES[case]

    assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("name", OPTIMA)
def test_case_2_a_flexible_shop_is_never_better_than_its_optimum(name):
    shop = FlexibleShop(name)
    found = shop.searched(tries=400)
    steps, end = shop.built(found.order)

    assert list(shop.faults(steps)) == []
    assert shop.optimum <= end == found.cost <= 1.5 * shop.optimum


def test_case_2_a_checker_that_finds_nothing_would_be_no_checker():
    shop = FlexibleShop("mk01")
    steps, _ = shop.built(shop.queue)
    job, machine, start, end = steps[0]

    assert len(list(shop.faults([(job, machine, start, end + 1), *steps[1:]]))) >= 1
