"""What the API says when it will not: `application/problem+json` (RFC 9457), for every refusal, in the caller's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from guimian.base.api.tokens import TooManyCalls
from guimian.base.errors import Unable
from guimian.base.idempotency import KeyMissing, KeyReused

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class FieldError(Schema):
    """What is wrong with one value: where it stands, and in words."""

    where: str
    message: str


class Problem(Schema):
    """A refusal. `code` names it for programs; a rule's refusal cites its clause, what was found and what would pass."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str = ""
    clause: str = ""
    found: Any = None
    wanted: Any = None
    errors: list[FieldError] = []


def title_of(status: int) -> str:
    titles = {
        400: _("The call cannot be read."),
        401: _("Sign in first: send a bearer token."),
        403: _("Your posts or your token do not allow this."),
        404: _("There is no such thing within your reach."),
        405: _("This address does not know this method."),
        409: _("The call meets another one."),
        422: _("The call is understood and refused."),
        429: _("Too many calls."),
        500: _("Something went wrong here. It was written down."),
    }
    return titles.get(status, _("The call is refused."))


class Encoder(DjangoJSONEncoder):
    """Days, times to the microsecond and money as text; whatever else a refusal holds, in words."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.isoformat().replace("+00:00", "Z")
        try:
            return super().default(o)
        except TypeError:
            return list(o) if isinstance(o, set | frozenset) else str(o)


def json_text(data: Any) -> str:
    return json.dumps(data, cls=Encoder, ensure_ascii=False)


def problem_text(status: int, detail: str = "", **more: Any) -> str:
    """The JSON of a problem; empty members are left out."""
    members = {"type": "about:blank", "title": title_of(status), "status": status, "detail": detail, **more}
    kept = {name: value for name, value in members.items() if value not in ("", None, [])}
    return json_text(kept)


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    answer = HttpResponse(problem_text(status, detail, **more), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="guimian"'
    return answer


def refusal_text(error: Unable) -> str:
    """The JSON of a service's refusal."""
    return problem_text(
        422, error.message, code=type(error).__name__, clause=error.clause, found=error.found, wanted=error.wanted
    )


def on_refusal(request: HttpRequest, error: Unable) -> HttpResponse:
    return HttpResponse(refusal_text(error), status=422, content_type=MEDIA_TYPE)


def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"where": where_of(one["loc"]), "message": str(one["msg"])} for one in error.errors]
    return problem(422, _("Some values cannot be taken."), code="Invalid", errors=errors)


def where_of(place: Sequence[Any]) -> str:
    """`("body", "data", "due")` -> `body.due`"""
    return ".".join(str(part) for part in place if part not in ("data", "payload"))


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "" if error.status_code == 401 else str(error))


def on_many(request: HttpRequest, error: TooManyCalls) -> HttpResponse:
    answer = problem(429, _("Wait %(seconds)s s.") % {"seconds": error.wait}, code="TooManyCalls")
    answer["Retry-After"] = str(error.wait)
    return answer


def on_crash(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("An API call failed: %s %s", request.method, request.path, exc_info=error)
    return problem(500)


#: Which refusal is answered how.
ANSWERS: tuple[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]], ...] = (
    (Unable, on_refusal),
    (ValidationError, on_invalid),
    (HttpError, on_http_error),
    (TooManyCalls, on_many),
    (KeyMissing, lambda request, error: problem(400, str(error), code="KeyMissing")),
    (KeyReused, lambda request, error: problem(422, str(error), code="KeyReused")),
    (PermissionDenied, lambda request, error: problem(403)),
    (Http404, lambda request, error: problem(404)),
    (Exception, on_crash),
)


def answer_with_problems(api: NinjaAPI) -> None:
    """Make every refusal of the API a problem."""
    for error, handler in ANSWERS:
        api.add_exception_handler(error, handler)
