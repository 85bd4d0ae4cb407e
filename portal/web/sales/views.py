"""Every view of sales; the blueprint is whole once this module is imported."""

from portal.web.sales import jobs, orders, outbox, quotes, review, shop
from portal.web.sales.panel import bp

__all__ = ["bp", "jobs", "orders", "outbox", "quotes", "review", "shop"]
