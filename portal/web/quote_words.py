"""What a quote's state means to its customer: what can still be changed, by whom, and until when."""

from flask import g

from portal.models.quotes import Quote
from portal.production.lifecycle import Commercial
from portal.routing.sourced import Sourced
from portal.services.quotes import valid_days
from portal.services.shop import company_in_force
from portal.web.filters import day, percent
from portal.web.offers import shop_clock

BINDS = (
    "Prices and dates are binding for us until {until}, to the end of that day on our clock. {borne}"
    "You can accept one quantity, decline, or make a new quote with other options; the lines of this one are frozen."
)
BORNE = (
    "Should your parts become dearer meanwhile, we bear it up to {share} % of the total; beyond that we show you each "
    "line before anything is ordered, and you choose. "
)
# In the order in which a quote passes them.
WORDS = {
    Commercial.DRAFT: "We are still writing this quote.",
    Commercial.BUDGET: "A budget: our sales team checks files, prices and date next, and may change lines, each with "
    "its reason. Nothing is binding yet, for you or for us. Made firm, it is valid for {days} days. For other "
    "quantities or options make a new quote.",
    Commercial.FIRM: BINDS,
    Commercial.SENT: BINDS,
    Commercial.ACCEPTED: "Accepted. It is an order now, and nothing here changes any more.",
    Commercial.DECLINED: "Declined. You can make a new quote of the same files at any time.",
    Commercial.EXPIRED: "It was valid until {until}. See what has changed since, and order at today's prices and date, "
    "send new files, or leave it.",
    Commercial.SUPERSEDED: "A newer quote stands in its place; this one cannot be ordered any more.",
}


def standing_in_words(quote: Quote) -> str:
    """A quote of yesterday has run out, whether the worker has noted it yet or not."""
    company = company_in_force(g.session)
    has_run_out = quote.is_binding and quote.has_expired(shop_clock().date())
    return WORDS[Commercial.EXPIRED if has_run_out else quote.state].format(
        until=day(quote.valid_until),
        days=valid_days(g.session),
        borne=borne_in_words(company.quote.borne_rise if company else None),
    )


def borne_in_words(rise: Sourced | None) -> str:
    """Nothing where the house bears every rise."""
    return BORNE.format(share=percent(rise.value)) if rise else ""
