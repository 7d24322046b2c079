"""Live pages: what is committed reaches the screens that show it. `publish` is all that services need."""

from guimian.base.live.publish import publish

__all__ = ["publish"]
