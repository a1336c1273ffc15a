"""Events of a telephone exchange: ``POST /telephony/events/``, one JSON object each.

docs/reference/telephony.md describes them with an example for each.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from zamiast.api.problem import problem
from zamiast.verification import exchange
from zamiast.verification.deadline import held
from zamiast.web import access

log = structlog.get_logger("zamiast.api")

DIRECTIONS = ("in", "out")
_CALL = re.compile(r"[\x21-\x7e]{1,128}")
_AGENT = re.compile(r"K-[0-9A-Z-]{1,12}")
_TONES = re.compile(r"[0-9*#]{0,64}")
_KNOWN = {"event", "call", "at", "direction", "number", "queue", "agent", "tones"}


class Unfit(Exception):
    """A field of an event does not fit."""


@csrf_exempt  # a token, not a cookie, says who calls
@access.machine
def events(request: HttpRequest) -> HttpResponse:
    """Take one event in. 200 says that it was understood; what a keyed code opened, never."""
    if request.method != "POST":
        return problem(405, "api.method")
    try:
        sent = json.loads(request.body)
        if not isinstance(sent, dict):
            return problem(400, "api.json")
        told = _told(sent)
    except Unfit as unfit:
        return problem(422, "api.event", str(unfit))
    except RequestDataTooBig:
        return problem(413, "api.too_large")
    except (ValueError, RecursionError):
        return problem(400, "api.json")
    return _answer(_token(request), told)


def _answer(token: str, told: exchange.Told) -> HttpResponse:
    try:
        with held(settings.TONES_ANSWER_SECONDS if told.tones else 0):
            outcome = exchange.tell(token, told)
    except Error as error:
        log.error("event_failed", kind=type(error).__name__)
        return problem(503, "api.busy")
    if outcome == "no_token":
        response = problem(401, "api.token")
        response["WWW-Authenticate"] = "Bearer"
        return response
    if outcome == "stale":
        return problem(422, "api.stale", "at")
    return JsonResponse({"outcome": outcome})


def _token(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _told(sent: dict[str, Any]) -> exchange.Told:
    """The event, or Unfit with the name of a field. What is not known is refused."""
    for field, value in sent.items():
        if field not in _KNOWN:
            raise Unfit("")
        if not isinstance(value, str) or len(value) > 128:
            raise Unfit(field)
    told = exchange.Told(
        event=sent.get("event", ""), call=sent.get("call", ""), at=_moment(sent.get("at", "")),
        direction=sent.get("direction"), number=sent.get("number", ""), queue=sent.get("queue"),
        agent=sent.get("agent"), tones=sent.get("tones", ""),
    )  # fmt: skip
    fits = {
        "event": told.event in exchange.EVENTS,
        "call": bool(_CALL.fullmatch(told.call)),
        "direction": told.direction is None or told.direction in DIRECTIONS,
        "agent": (told.agent is None) if told.event != "answer" else _is_agent(told.agent),
        "tones": bool(_TONES.fullmatch(told.tones)) and (told.event != "tones" or told.tones != ""),
        "queue": told.queue is None or told.queue.isprintable(),
    }
    for field, is_fit in fits.items():
        if not is_fit:
            raise Unfit(field)
    return told


def _is_agent(agent: str | None) -> bool:
    return bool(_AGENT.fullmatch(agent or ""))


def _moment(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise Unfit("at") from error
    if moment.tzinfo is None:
        raise Unfit("at")
    return moment
