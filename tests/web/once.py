"""What is the same in every portal of a test run is worked out once: its addresses, and its compiled templates.

Each test has a portal of its own; without this, half of its time would go into compiling 180 addresses and 40 templates
that the test before has compiled already.
"""

from functools import wraps

from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """Templates as they were compiled first; a changed source has another checksum."""

    def __init__(self):
        self.codes = {}

    def load_bytecode(self, bucket):
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.codes[bucket.key, bucket.checksum] = bucket.code


def kept_builders(compile_builder):
    """Of one rule with the same defaults and converters the same function builds the address."""
    kept = {}

    @wraps(compile_builder)
    def once(rule, append_unknown=True):
        kinds = tuple((name, type(one)) for name, one in rule._converters.items())
        key = (rule.rule, repr(rule.defaults), rule.subdomain, rule.host, kinds, append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return once


HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # nobody guesses these passwords
TEMPLATES = Compiled()
BUILDERS = kept_builders(Rule._compile_builder)
