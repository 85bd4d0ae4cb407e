"""The sales panel: review, change with a reason, make firm, send."""
