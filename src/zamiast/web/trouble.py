"""The database is away, full or has no connection left: the page says so and keeps what was typed.

A browser forgets the fields of a page that must not be stored, so going back is not enough: the
page holds them, and its button sends them once more.
"""

from __future__ import annotations

import re

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, UnreadablePostError

from zamiast.audit.doorway import cleaned

RETRY_AFTER_SECONDS = 5
SECRET = re.compile(r"passw|code|credential|digits|secret", re.IGNORECASE)
LONGEST = 20_000  # characters in all; what is longer is not repeated


def is_of_the_database(error: BaseException | None) -> bool:
    """Whether trying again later helps: no connection, no room, a lock that was not had."""
    return isinstance(error, OperationalError | InterfaceError)


def typed(request: HttpRequest) -> list[tuple[str, str]] | None:
    """The fields of a form that can be sent again as it was; None where it cannot.

    Secrets and files are not repeated. A PESEL is cut out, as it would be when stored.
    """
    try:
        if request.method != "POST" or request.FILES:
            return None
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return None
    if any(SECRET.search(name) for name, _ in fields) or sum(len(v) for _, v in fields) > LONGEST:
        return None
    return [(n, v if n == "csrfmiddlewaretoken" else cleaned(v)) for n, v in fields]
