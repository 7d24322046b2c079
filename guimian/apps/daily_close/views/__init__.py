"""The doors of the daily close: one's own list, the counter's close, the lists of closed days."""
