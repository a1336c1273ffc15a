"""What a request may bring: small forms, no files, a document where one is expected."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory

from zamiast.web.bodies import Limit


@pytest.fixture(params=["portal", "desk"])
def anybody(request, site, as_role):
    """A browser without a login, at a site under its own role."""
    site(request.param)
    with as_role(request.param):
        yield Client()


def test_a_body_that_is_too_large_is_answered_before_it_is_read(anybody):
    answer = anybody.post("/login/", {"login": "x" * 1_000_001})
    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()
    assert anybody.post("/nowhere/", b"x" * 1_000_001, "text/plain").status_code == 413


def test_what_is_too_large_is_not_read(site):
    site("portal")

    class Unread:
        def read(self, *_):
            raise AssertionError("the body was read")

    request = RequestFactory().post("/login/", CONTENT_LENGTH="99999999999")
    request.META["wsgi.input"] = request._stream = Unread()
    assert Limit(lambda _: HttpResponse())(request).status_code == 413
    request.META["CONTENT_LENGTH"] = "1" * 5000
    assert Limit(lambda _: HttpResponse())(request).status_code == 413


def test_a_file_at_the_portal_is_refused_and_leaves_nothing(site, as_role, tmp_path, settings):
    site("portal")
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with as_role("portal"):
        client = Client(enforce_csrf_checks=True)
        client.get("/login/")
        answer = client.post("/login/", {"file": SimpleUploadedFile("a.txt", b"x" * 900_000)})
    assert answer.status_code == 400
    assert not list(tmp_path.iterdir())


def test_the_desk_takes_larger_documents_at_their_own_address_only(site, settings):
    from zamiast.config.settings import desk

    site("desk")
    settings.LARGER_BODIES = desk.LARGER_BODIES
    open_door = Limit(lambda _: HttpResponse())
    for path, length, status in [
        ("/specialist/7/document/", 10_900_000, 200),
        ("/specialist/7/document/", 11_000_001, 413),
        ("/specialist/7/note/", 1_000_001, 413),
    ]:
        request = RequestFactory().post(path, CONTENT_LENGTH=str(length))
        request.META["CONTENT_LENGTH"] = str(length)
        assert open_door(request).status_code == status
