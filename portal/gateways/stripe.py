"""Stripe: what is asked of it, what it knows, and whether what it tells is really from it.

Nothing here decides or stores. A call is made once with the key that was written before; whoever asks again does so by
the same key, because an answer that did not come says nothing about what was done.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import stripe

TIMEOUT_S = 15
MOST_RECENT = 100  # as many as Stripe lists at once; what is looked for was made a moment ago
CALL = "call"  # the metadata that carries a call's key, so that its object can be found without its answer

stripe.enable_telemetry = False


@dataclass(frozen=True, slots=True)
class Answered:
    object: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """Stripe will never do this, and has not."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """Nobody knows whether it was done: no answer, a fault on their side, or too many at once."""

    reason: str


Outcome = Answered | Refused | NotNow


class StripeAway(Exception):
    """Stripe cannot be asked now."""


class NotFromStripe(Exception):
    """What claims to be from Stripe was not signed by it."""


class Stripe(Protocol):
    def send(self, verb: str, params: Mapping[str, Any], *, key: str) -> Outcome: ...
    def find(self, verb: str, params: Mapping[str, Any], *, key: str) -> dict[str, Any] | None: ...
    def fetch(self, kind: str, stripe_id: str) -> dict[str, Any] | None: ...
    def since(self, kind: str, moment: int) -> Iterator[dict[str, Any]]: ...


Verb = Callable[[Any, dict[str, Any], dict[str, Any]], Any]

# Each takes Stripe's client, the parameters, and the options that carry the key.
VERBS: Mapping[str, Verb] = {
    "customer": lambda v1, params, options: v1.customers.create(params, options),
    "page": lambda v1, params, options: v1.checkout.sessions.create(params, options),
    "close-page": lambda v1, params, options: v1.checkout.sessions.expire(params["session"], {}, options),
    "invoice": lambda v1, params, options: v1.invoices.create(params, options),
    "invoice-item": lambda v1, params, options: v1.invoice_items.create(params, options),
    "finish-invoice": lambda v1, params, options: v1.invoices.finalize_invoice(params["invoice"], {}, options),
    "refund": lambda v1, params, options: v1.refunds.create(params, options),
    "tax": lambda v1, params, options: v1.tax.calculations.create(params, options),
    "tax-record": lambda v1, params, options: v1.tax.transactions.create_from_calculation(params, options),
    "tax-reversal": lambda v1, params, options: v1.tax.transactions.create_reversal(params, options),
}

HARMLESS = {"tax"}  # made twice it does nothing; by its key a fault of Stripe's would be its answer for a day

# Where an object may be that a call made and nobody heard of: the list, and what narrows it down. Stripe lists no
# calculations, which may be made twice, and no records of tax, whose reference it takes once.
LISTS: Mapping[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "customer": lambda v1, params: v1.customers.list({"email": params["email"], "limit": MOST_RECENT}),
    "page": lambda v1, params: v1.checkout.sessions.list({"customer": params["customer"], "limit": MOST_RECENT}),
    "invoice": lambda v1, params: v1.invoices.list({"customer": params["customer"], "limit": MOST_RECENT}),
    "invoice-item": lambda v1, params: v1.invoice_items.list({"invoice": params["invoice"], "limit": MOST_RECENT}),
    "refund": lambda v1, params: v1.refunds.list({"payment_intent": params["payment_intent"], "limit": MOST_RECENT}),
}

# What changes an object in place: its kind, the parameter that names it, and its state before.
CHANGES: Mapping[str, tuple[str, str, str]] = {
    "finish-invoice": ("invoice", "invoice", "draft"),
    "close-page": ("checkout.session", "session", "open"),
}

KINDS: Mapping[str, Callable[[Any], Any]] = {
    "checkout.session": lambda v1: v1.checkout.sessions,
    "payment_intent": lambda v1: v1.payment_intents,
    "refund": lambda v1: v1.refunds,
    "dispute": lambda v1: v1.disputes,
    "charge": lambda v1: v1.charges,
    "invoice": lambda v1: v1.invoices,
}


EXPANDED: Mapping[str, Any] = {"invoice": {"expand": ["payments"]}}  # else it does not say by which intent it was paid


class StripeGateway:
    """The real one. `base` is another address for tests; the settings refuse it in production."""

    def __init__(self, key: str, *, base: str = "", timeout_s: float = TIMEOUT_S) -> None:
        self.is_live = "_live_" in key
        addresses: Any = {"base_addresses": {"api": base}} if base else {}
        client = stripe.StripeClient(
            key, http_client=stripe.RequestsClient(timeout=timeout_s), max_network_retries=0, **addresses
        )
        self._v1 = client.v1

    def send(self, verb: str, params: Mapping[str, Any], *, key: str) -> Outcome:
        options = {} if verb in HARMLESS else {"idempotency_key": key}
        try:
            return Answered(plain(VERBS[verb](self._v1, dict(params), options)))
        except (stripe.InvalidRequestError, stripe.CardError, stripe.IdempotencyError) as error:
            return Refused(error.code or type(error).__name__, error.user_message or str(error))
        except stripe.StripeError as error:
            return NotNow(f"{type(error).__name__} {error.http_status or ''}: {error.user_message or error}"[:500])

    def find(self, verb: str, params: Mapping[str, Any], *, key: str) -> dict[str, Any] | None:
        """The object that the call of this key made or changed, where it did."""
        if verb in CHANGES:
            kind, named, before = CHANGES[verb]
            there = self.fetch(kind, params[named])
            return there if there and there["status"] != before else None
        if verb not in LISTS:
            return None
        try:
            listed = map(plain, islice(LISTS[verb](self._v1, params).auto_paging_iter(), MOST_RECENT))
            return next((item for item in listed if (item.get("metadata") or {}).get(CALL) == key), None)
        except stripe.StripeError as error:
            raise StripeAway(str(error)) from error

    def fetch(self, kind: str, stripe_id: str) -> dict[str, Any] | None:
        """The object as it is now; None when there is no such one."""
        try:
            return plain(KINDS[kind](self._v1).retrieve(stripe_id, EXPANDED.get(kind, {})))
        except stripe.InvalidRequestError:
            return None
        except stripe.StripeError as error:
            raise StripeAway(str(error)) from error

    def since(self, kind: str, moment: int) -> Iterator[dict[str, Any]]:
        """Every object of a kind made since that second, newest first."""
        try:
            listed = KINDS[kind](self._v1).list({"created": {"gte": moment}, "limit": MOST_RECENT})
            yield from map(plain, listed.auto_paging_iter())
        except stripe.StripeError as error:
            raise StripeAway(str(error)) from error


def plain(found: Any) -> dict[str, Any]:
    """As JSON has it, without the library's own classes."""
    value: dict[str, Any] = json.loads(json.dumps(found.to_dict(), default=str))
    return value


def verified(body: bytes, signature: str, secrets: Sequence[str]) -> dict[str, Any]:
    """The event in `body`, signed by any of our secrets: there are two while one is being replaced."""
    for secret in secrets:
        try:
            stripe.WebhookSignature.verify_header(body, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
            return event_of(body)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
    raise NotFromStripe


def event_of(body: bytes) -> dict[str, Any]:
    """A signed body that is no event is refused like an unsigned one."""
    try:
        event = json.loads(body)
        named = event["id"], event["type"], event["data"]["object"], event["livemode"]
    except (ValueError, KeyError, TypeError) as fault:
        raise NotFromStripe from fault
    is_event = isinstance(named[0], str) and isinstance(named[1], str) and isinstance(named[2], dict)
    if not (is_event and isinstance(named[3], bool)):
        raise NotFromStripe
    return dict(event)
