"""The API's frame: what every operation of every app shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from ninja import Field, NinjaAPI, Schema
from ninja.pagination import PaginationBase
from ninja.renderers import BaseRenderer

from guimian.base import idempotency
from guimian.base.access import EVERYONE, Access, GuardedRequest, declare
from guimian.base.api.problems import MEDIA_TYPE, Problem, answer_with_problems, json_text, problem, refusal_text
from guimian.base.errors import Unable
from guimian.base.idempotency import Answer

WRITES = frozenset({"post", "put", "patch", "delete"})
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[ -~]+$"},
    "description": "Your own key of the call. Sent again, the same call is answered as before and done once.",
}
REFUSALS = {
    400: "The call cannot be read, or its Idempotency-Key is missing.",
    401: "No token, or one that is not in force.",
    403: "Within reach, but your posts or your token do not allow it.",
    404: "Not there, or out of reach.",
    422: "Some values cannot be taken, or a rule refuses: see clause, found and wanted.",
    429: "Too many calls of this token: wait as Retry-After says.",
}

P = ParamSpec("P")
Result = TypeVar("Result", bound=Schema)
Operation = Callable[Concatenate[GuardedRequest, P], Result]


class Pages(PaginationBase):
    """Lists come in pages, counted from 1; a page past the last one is empty."""

    class Input(Schema):
        page: int = Field(1, ge=1, le=1_000_000)
        per_page: int = Field(50, ge=1, le=200)

    class Output(Schema):
        items: list[Any]
        total: int

    def paginate_queryset(
        self, queryset: QuerySet[Any], pagination: Input, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        start = (pagination.page - 1) * pagination.per_page
        return {"items": list(queryset[start : start + pagination.per_page]), "total": self._items_count(queryset)}


def done_once(status: int = 200) -> Callable[[Operation[P, Result]], Callable[..., HttpResponse]]:
    """An operation that writes: it needs an Idempotency-Key, and answers a repeated call as it answered the first."""

    def decorate(operation: Operation[P, Result]) -> Callable[..., HttpResponse]:
        @wraps(operation)
        def wrapped(request: GuardedRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            answer = idempotency.once(
                person=request.actor.user,
                key=request.headers.get("Idempotency-Key", ""),
                fingerprint=idempotency.fingerprint_of(request.method or "", request.get_full_path(), request.body),
                now=timezone.now(),
                deed=lambda: _answer(status, lambda: operation(request, *args, **kwargs)),
            )
            return _response(answer)

        wrapped.done_once = True  # type: ignore[attr-defined]  # a test walks the operations and wants the mark
        return wrapped

    return decorate


def _answer(status: int, operation: Callable[[], Schema]) -> Answer:
    """The operation's answer as text. A refusal is an answer too: it undoes the deed, and is kept."""
    try:
        with transaction.atomic():
            return Answer(status, json_text(operation().model_dump()))
    except Unable as error:
        return Answer(422, refusal_text(error))


def _response(answer: Answer) -> HttpResponse:
    kind = "application/json; charset=utf-8" if answer.status < 400 else MEDIA_TYPE
    response = HttpResponse(answer.body, status=answer.status, content_type=kind)
    if answer.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


class Plain(BaseRenderer):
    """JSON with times to the microsecond: the journal's digests are made of them."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json_text(data)


class HouseAPI(NinjaAPI):
    """django-ninja's API, with the refusals described and every route declared."""

    def __init__(self, *, prefix: str, **options: Any) -> None:
        super().__init__(openapi_url=None, docs_url=None, renderer=Plain(), **options)
        self.prefix = prefix
        answer_with_problems(self)

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name of the function: it is one of a kind among all operations (a test looks)."""
        return str(operation.view_func.__name__)

    def description_of_all(self) -> dict[str, Any]:
        """The OpenAPI 3.1 description, with the refusals and the keys that the framework does not know of."""
        described: dict[str, Any] = dict(self.get_openapi_schema(path_prefix=self.prefix))
        described["components"]["schemas"] |= problem_schemas()
        for operations in described["paths"].values():
            for method, operation in operations.items():
                _complete(method, operation)
        return described

    def routes(self) -> list[URLPattern]:
        """The API's routes, each declared: who may call is told by the token and the unit in the address."""
        patterns = [one for one in self.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
        for one in patterns:
            one.callback = declare(never_plain(one.callback), Access("api", EVERYONE))
        return patterns


def problem_schemas() -> dict[str, Any]:
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner: dict[str, Any] = made.pop("$defs")
    return {"Problem": made, **inner}


def _complete(method: str, operation: dict[str, Any]) -> None:
    for status, words in REFUSALS.items():
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        operation["responses"].setdefault(status, {"description": words, "content": content})
    if method in WRITES and KEY_HEADER not in operation["parameters"]:
        operation["parameters"].append(KEY_HEADER)


def never_plain(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The framework answers a wrong method in plain words: make that a problem, too. Nothing of the API is kept in caches."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code == 405:
            allowed, answer = answer["Allow"], problem(405)
            answer["Allow"] = allowed
        answer["Cache-Control"] = "no-store"
        return answer

    return wrapped
