"""From a routing to a promise: calendars, capacity, the slowest part.

Pure, standard library only. Dates are passed in; nothing here reads a clock.
"""
