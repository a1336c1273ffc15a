"""How much a request may bring: decided by its declared length, before anything reads it.

>>> allowed("/login/", [(r"^/document/$", 11)], 1)
1
>>> allowed("/document/", [(r"^/document/$", 11)], 1)
11
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase

from zamiast.web import errors


def allowed(path: str, larger: Iterable[tuple[str, int]], usual: int) -> int:
    """How many bytes a request to this address may bring."""
    return max((limit for form, limit in larger if re.match(form, path)), default=usual)


class Limit:
    """The middleware that answers 413, with a plain sentence, to what is too large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse by the length that the request declares; without one there is no body."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = allowed(request.path_info, settings.LARGER_BODIES, settings.LARGEST_BODY)
        if not length.isdecimal() or len(length) > 12 or int(length) > limit:
            return errors.page(request, 413, errors.sentence("web.too_large"))
        return self.get_response(request)


class NoFiles(FileUploadHandler):
    """Takes no file at all: where none is expected, none reaches memory or a folder."""

    def new_file(self, *_: object, **__: object) -> None:
        """Refuse the request at the first file. Raises BadRequest."""
        raise BadRequest("no file is expected here")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""

    def file_complete(self, file_size: int) -> UploadedFile | None:  # type: ignore[type-arg]  # noqa: ARG002
        """There is no file."""
        return None
