"""The company's policy: figures of the regulations, changed by units, in force on a day (see engines/policy)."""

from guimian.base.policy.queries import book, everywhere, on

__all__ = ["book", "everywhere", "on"]
