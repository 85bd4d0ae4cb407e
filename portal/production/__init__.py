"""From a routing to progress: lifecycle tables, floor events folded into counts.

Pure. Knows no database; models and services carry its decisions out.
"""
