"""Logs: one event a line, each passing the doorway before it is written.

Django's, PostgreSQL's and our own messages go the same way; tracebacks are
written without the values of local variables.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from zamiast.audit import doorway


def without_request(
    _: Any, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Leave the request out: Django adds it whole, with what stands behind the question mark.

    There an identity provider puts the code of a login. The message has the path alone.
    """
    event.pop("request", None)
    return event


def guard(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Cut national numbers out of every text in an event, its keys and exceptions included."""
    return {doorway.cleaned(_short(str(key))): _guarded(value) for key, value in event.items()}


def _guarded(value: Any) -> Any:
    if isinstance(value, bool | None):
        return value
    if isinstance(value, dict):
        return {_guarded(key): _guarded(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_guarded(item) for item in value]
    if isinstance(value, int | float):
        text = _short(str(value))
        return value if doorway.cleaned(text) == text else doorway.cleaned(text)
    return doorway.cleaned(_short(value if isinstance(value, str) else repr(value)))


def _short(text: str, longest: int = 2_000) -> str:
    """Beginning and end of a long text: the guard reads all, and anybody may send an address.

    >>> _short("a" * 9, 6)
    'aaa … aaa'
    """
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]} … {text[-half:]}"


def configure(*, as_json: bool) -> None:
    """Send all logging to standard error, as JSON lines or readable text."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_plain)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_request,
            guard,
            render,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("zamiast").setLevel(logging.INFO)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _plain(file: Any, exception: Any) -> None:
    structlog.dev.plain_traceback(file, exception)
