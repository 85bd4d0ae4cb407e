"""From bytes to a Design: archives, file roles, Gerber, drill, BOM, centroid, cross-checks.

Pure, and runs on hostile input: only inside the limited child process. Knows no prices, no customers, no database.
"""
