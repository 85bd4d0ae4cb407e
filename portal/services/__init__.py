"""Use cases, one verb per function. They take `session` and gateways, decide with the pure rooms, record, return.

They never commit, never render, never read the clock.
"""
