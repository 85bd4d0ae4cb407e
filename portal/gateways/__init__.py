"""The outside world, one file each: stored files, the limited child, mail, PDF. Each has an in-memory twin for tests.

Knows no models and no use case.
"""
