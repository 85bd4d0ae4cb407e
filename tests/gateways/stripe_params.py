"""Stripe's own parameter types, as the pinned library publishes them, made strict: nothing unknown passes."""

import importlib
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import TypedDict, is_typeddict

TYPES = {
    "customer": ("stripe.params._customer_create_params", "CustomerCreateParams"),
    "page": ("stripe.params.checkout._session_create_params", "SessionCreateParams"),
    "invoice": ("stripe.params._invoice_create_params", "InvoiceCreateParams"),
    "invoice-item": ("stripe.params._invoice_item_create_params", "InvoiceItemCreateParams"),
    "tax": ("stripe.params.tax._calculation_create_params", "CalculationCreateParams"),
    "tax-record": (
        "stripe.params.tax._transaction_create_from_calculation_params",
        "TransactionCreateFromCalculationParams",
    ),
    "tax-reversal": ("stripe.params.tax._transaction_create_reversal_params", "TransactionCreateReversalParams"),
    "refund": ("stripe.params._refund_create_params", "RefundCreateParams"),
}
OPEN_WORDS = re.compile(r"(Literal\[(?!'')[^\]]*\])\s*\|\s*str|Union\[\s*(Literal\[[^\]]*\]),\s*str,?\s*\]")


@cache
def adapter(verb: str) -> TypeAdapter[Any]:
    """The types say `Literal['a', 'b'] | str`, so that new words pass; ours are all known, so only those may."""
    name, wanted = TYPES[verb]
    original = importlib.import_module(name)
    text = OPEN_WORDS.sub(lambda found: found[1] or found[2], Path(original.__file__).read_text("utf-8"))
    module = ModuleType(f"strict_{wanted}")
    module.TypedDict = TypedDict
    sys.modules[module.__name__] = module
    text = re.sub(r"\s*\|\s*UntypedStripeObject\[[^\]]*\]", "", text).replace("(RequestOptions)", "(TypedDict)")
    exec(compile(text, module.__name__, "exec"), module.__dict__)  # noqa: S102 - the library's own file
    for found in list(vars(module).values()):
        if is_typeddict(found):
            found.__pydantic_config__ = ConfigDict(extra="forbid")
    return TypeAdapter(getattr(module, wanted))
