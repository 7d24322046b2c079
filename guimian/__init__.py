"""Guimian (柜面): an insurer's walk-in counters, run by the book."""

__version__ = "0.1.0"
