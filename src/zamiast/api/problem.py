"""Errors for machines: ``application/problem+json`` (RFC 9457) with a stable code.

Nothing of what was sent stands in an answer.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

TITLES = {
    "api.token": "The token is missing, unknown or revoked.",
    "api.json": "The body must be one JSON object.",
    "api.event": "The event does not fit the description.",
    "api.stale": "The event is older than a quarter of an hour, or its clock is ahead.",
    "api.too_large": "An event is smaller than this.",
    "api.method": "Only POST is taken here.",
    "api.not_found": "There is nothing at this address.",
    "api.failed": "Something went wrong here. Send the event again.",
    "api.busy": "The database does not answer. Send the event again.",
}


def problem(status: int, code: str, field: str = "") -> HttpResponse:
    """The answer to a request that cannot be served; ``field`` says what does not fit."""
    body = {"title": TITLES[code], "status": status, "code": code}
    if field:
        body["field"] = field
    response = JsonResponse(body, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Status 404."""
    return problem(404, "api.not_found")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Status 400."""
    return problem(400, "api.json")


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Status 500."""
    return problem(500, "api.failed")
