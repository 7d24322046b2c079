from guimian.apps.organisation.tests.cast import *  # noqa: F403
