"""Documents of an ordinary case: added and opened by whoever has taken it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zamiast.errors import BadInput, Conflict
from zamiast.helpline import documents
from zamiast.helpline.desk.views import case
from zamiast.helpline.desk.views.edge import as_file, sent_file, staff, worded
from zamiast.web import access


@access.caseworker
@require_POST
@worded
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a document that came by post or mail; what cannot be kept is said on the page."""
    try:
        name, content = sent_file(request)
        documents.add_document(number, name=name, content=content, by=staff(request))
    except (BadInput, Conflict) as error:
        return case.refused(request, number, error)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#documents")


@access.caseworker
@require_GET
@worded
def read(request: HttpRequest, number: int, document: UUID) -> HttpResponse:
    """A document as a file to save."""
    found, content = documents.read_document(number, document, by=staff(request))
    return as_file(content, documents.file_name(found.name, found.kind))
