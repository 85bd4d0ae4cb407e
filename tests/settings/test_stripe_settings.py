"""Stripe's keys: nothing is set at first, two webhook secrets at once, and no fake Stripe in production."""

import pytest

from portal.settings import Settings

FAKE = "http://127.0.0.1:4242"
OUTSIDE = {"base_url": "https://quotes.example"}


def faults(**given):
    return Settings(**given).faults()


def test_without_a_key_nothing_is_wrong_and_no_card_is_taken():
    settings = Settings(stripe_key=None, stripe_webhook_secrets=None)
    assert (settings.faults(), settings.stripe_secrets) == ([], ())


@pytest.mark.parametrize("key", ["sk_test_1", "sk_live_1", "rk_live_1"])
def test_secret_and_restricted_keys_are_taken(key):
    assert faults(stripe_key=key) == []


def test_a_publishable_key_is_no_key():
    [fault] = faults(stripe_key="pk_live_1")
    assert "begins with sk_ or rk_" in fault


def test_two_secrets_stand_while_one_replaces_the_other():
    assert Settings(stripe_webhook_secrets=" whsec_new, whsec_old ,").stripe_secrets == ("whsec_new", "whsec_old")


def test_something_else_is_no_webhook_secret():
    [fault] = faults(stripe_webhook_secrets="whsec_new,sk_live_1")
    assert "whsec_" in fault
    assert "sk_live_1" not in fault


def test_a_fake_stripe_is_for_tests_on_this_machine():
    assert faults(stripe_base_url=FAKE, stripe_key="sk_test_1") == []


@pytest.mark.parametrize(
    "given",
    [
        OUTSIDE | {"stripe_base_url": FAKE},
        {"stripe_base_url": "https://stripe.example"},
        {"stripe_base_url": FAKE, "stripe_key": "sk_live_1"},
        {"stripe_base_url": "nonsense"},
    ],
)
def test_a_fake_stripe_is_refused_in_production(given):
    assert any("leave it empty in production" in fault for fault in faults(**given))


def test_no_key_is_shown_where_settings_are_printed():
    shown = repr(Settings(stripe_key="sk_live_1", stripe_webhook_secrets="whsec_1"))
    assert "sk_live_1" not in shown
    assert "whsec_1" not in shown
