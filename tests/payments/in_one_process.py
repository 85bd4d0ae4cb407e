"""The fake Stripe and the database without sockets and commits: as the machine of random lives needs them, fast."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe
from sqlalchemy import Connection
from stripe_server import BROKEN, FakeStripe

from portal.gateways.stripe import StripeGateway

LOST = {"refuse", "timeout-before"}  # nothing was done, and nobody hears of it
UNHEARD = {"timeout-after", "reset"}  # it was done, and nobody hears of it
BUSY = {
    "500-before": (500, BROKEN),
    "409": (409, {"error": {"type": "idempotency_error", "code": "idempotency_key_in_use", "message": "In use."}}),
    "429": (429, {"error": {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many requests."}}),
}


@dataclass
class OneConnection:
    """Stands for an engine whose transactions are savepoints, so that a whole life can be rolled back."""

    connection: Connection
    name: str = "sqlite"

    def execution_options(self, **_options: Any) -> Connection:
        return self.connection


class InProcess(stripe.HTTPClient):
    """Carries what the real library would send to our fake, in the library's own form."""

    name = "in process"

    def __init__(self, fake: FakeStripe) -> None:
        super().__init__()
        self.fake = fake

    def request(self, method: str, url: str, headers: Any, post_data: Any = None, **_more: Any) -> tuple[Any, int, Any]:
        parts = urlsplit(url)
        if method == "get":
            status, body = self.fake.look_up(parts.path, dict(parse_qsl(parts.query)))
            return json.dumps(body), status, {}
        fault = self.fake.faults.pop(0) if self.fake.faults else ""
        if fault in LOST:
            raise stripe.APIConnectionError(fault)
        if fault in BUSY:
            return json.dumps(BUSY[fault][1]), BUSY[fault][0], {}
        key = headers.get("Idempotency-Key", "")
        status, body, _ = self.fake.once(parts.path, post_data or "", key=key, broken=fault == "500-after")
        if fault in UNHEARD:
            raise stripe.APIConnectionError(fault)
        return json.dumps(body), status, {}

    def close(self) -> None:
        pass


def gateway(fake: FakeStripe) -> StripeGateway:
    made = StripeGateway("sk_test_of_the_shop")
    made._v1 = stripe.StripeClient("sk_test_of_the_shop", http_client=InProcess(fake), max_network_retries=0).v1
    return made
