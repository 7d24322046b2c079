"""The demo company's units, people, posts, skills and windows. Fictional, the same on every machine, made by the services.

Places are real cities, counters and people are invented. Telephone numbers begin with 120, which no operator gives to a
telephone; identity numbers have a sound check digit and a birthday in 1900, so that they are nobody's.
"""

from guimian.apps.organisation.management.demo.company import UNITS
from guimian.apps.organisation.management.demo.loading import PASSWORD, load
from guimian.apps.organisation.management.demo.people import register

__all__ = ["PASSWORD", "UNITS", "load", "register"]
