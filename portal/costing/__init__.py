"""From a routing to cost lines: rate cards, purchasing at price breaks, cost sheets.

Pure, Decimal only. Knows no customer, no database, no clock.
"""
