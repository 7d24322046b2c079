"""The journal: append-only, hash-chained per unit, sealed at each close."""

from guimian.base.journal.chain import Break, first_break, record, seal, subject_of, verify

__all__ = ["Break", "first_break", "record", "seal", "subject_of", "verify"]
