"""From a Design, options and the shop's machines to operations with set-up and cycle time.

Pure. The one place that knows process steps; knows no money and no calendar.
"""
