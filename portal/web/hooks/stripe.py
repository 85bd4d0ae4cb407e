"""Stripe's events. Who sent one is known by its signature alone, so there is no session and no CSRF token."""

from typing import Any

from flask import Blueprint, Flask, current_app, g, jsonify, request

from portal.gateways.stripe import NotFromStripe, verified
from portal.services.webhooks import keep_event
from portal.web.access import now, open_to_everybody

bp = Blueprint("hooks", __name__, url_prefix="/hooks")


def init_app(app: Flask) -> None:
    app.extensions["csrf"].exempt(bp)
    app.register_blueprint(bp)


@bp.post("/stripe")
@open_to_everybody
def stripe() -> Any:
    """Kept in one short transaction and answered; an event that is there already is answered the same.

    Where no secret is configured nothing can be signed, and everything is refused.
    """
    secrets, body = current_app.extensions["settings"].stripe_secrets, request.get_data()
    try:
        event = verified(body, request.headers.get("Stripe-Signature", ""), secrets)
    except NotFromStripe:
        return jsonify(error="This is not signed by Stripe."), 400
    kept = keep_event(g.session, event, body.decode(), now())
    return jsonify(received=True, is_new=kept is not None)
