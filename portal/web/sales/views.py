"""Every view of sales; the blueprint is whole once this module is imported."""

from portal.web.sales import (
    capacity,
    credit,
    dates,
    erasing,
    gates,
    held_dates,
    jobs,
    orders,
    outbox,
    payments,
    quotes,
    rates,
    review,
    scoring,
    shop,
)
from portal.web.sales.panel import bp

__all__ = [
    "bp",
    "capacity",
    "credit",
    "dates",
    "erasing",
    "gates",
    "held_dates",
    "jobs",
    "orders",
    "outbox",
    "payments",
    "quotes",
    "rates",
    "review",
    "scoring",
    "shop",
]
