"""Which views there are. Each room adds its import and its entry."""

from flask_openapi3 import OpenAPI

from portal.web import (
    account,
    both_ways,
    call_off_plans,
    cancellations,
    clones,
    columns,
    company,
    comparisons,
    corrections,
    designs,
    factors,
    frame,
    late,
    links,
    orders,
    outbox,
    packages,
    pages,
    papers,
    payments,
    prices,
    progress,
    questions,
    quotes,
    releases,
    revisions,
    sessions,
    wanted,
)
from portal.web.api import orders as api_orders
from portal.web.api import views as api
from portal.web.floor import lots
from portal.web.hooks import stripe as stripe_hook
from portal.web.sales import views as sales

BLUEPRINTS = (
    pages.bp,
    packages.bp,
    designs.bp,
    corrections.bp,
    columns.bp,
    revisions.bp,
    prices.bp,
    wanted.bp,
    both_ways.bp,
    links.bp,
    sessions.bp,
    factors.bp,
    account.bp,
    company.bp,
    quotes.bp,
    questions.bp,
    comparisons.bp,
    clones.bp,
    late.bp,
    releases.bp,
    call_off_plans.bp,
    cancellations.bp,
    orders.bp,
    papers.bp,
    payments.bp,
    progress.bp,
    outbox.bp,
    sales.bp,
    lots.bp,
)


def init_app(app: OpenAPI) -> None:
    frame.init_app(app)
    stripe_hook.init_app(app)
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
    api.init_app(app)
    app.register_api(api_orders.bp)
