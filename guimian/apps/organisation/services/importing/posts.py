"""Lines of posts: new ones, and the days on which those that stand end."""

from __future__ import annotations

from guimian.apps.organisation.intake import Line
from guimian.apps.organisation.models import Post
from guimian.apps.organisation.services.importing.plans import RowPlan, outcome_of
from guimian.apps.organisation.services.importing.reach import Reach
from guimian.apps.organisation.services.posts import give_post
from guimian.apps.organisation.services.posts_ended import end_post


def post_line(reach: Reach, line: Line) -> RowPlan:
    values = dict(line.values)
    key = " ".join(str(values[name]) for name in ("staff_number", "role", "unit"))
    if line.line in reach.first_posts:
        return outcome_of(line, key, None, values)
    person, unit = reach.person(values.pop("staff_number")), reach.unit(values.pop("unit"))
    ends_on = values.pop("ends_on", None)
    post = Post.objects.filter(person=person, unit=unit, **values).first()
    if post is None:
        give_post(person=person, unit=unit, ends_on=ends_on, by=reach.by, now=reach.now, **values)
        return outcome_of(line, key, None, line.values)
    before = {"ends_on": post.ends_on}
    if ends_on is None or ends_on == post.ends_on:
        return outcome_of(line, key, before, before)
    end_post(post=post, ends_on=ends_on, by=reach.by, now=reach.now)
    return outcome_of(line, key, before, {"ends_on": ends_on})
