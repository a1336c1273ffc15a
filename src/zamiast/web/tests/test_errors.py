"""Pages of errors: within the site for whoever is logged in, plain where the frame fails."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import people

LOG_OUT = "Log out"


@pytest.fixture
def desk(database, site, as_role):
    site("desk")
    user = people.consultant()
    with as_role("desk"):
        client = Client()
        client.cookies["language"] = "en"
        client.force_login(user)
        yield client


def test_who_is_logged_in_still_is_on_an_error_page(desk) -> None:
    answer = desk.get("/nowhere/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert LOG_OUT in page
    assert 'href="/cases/"' in page


def test_a_page_for_another_role_keeps_the_way_back(desk) -> None:
    answer = desk.get("/supervisor/")
    assert answer.status_code == 403
    assert LOG_OUT in answer.content.decode()


def test_nobody_is_offered_to_log_out_who_is_not_logged_in(desk) -> None:
    desk.cookies.clear()
    assert LOG_OUT not in desk.get("/nowhere/").content.decode()


def test_where_the_frame_fails_the_plain_page_comes(desk, settings) -> None:
    settings.FRAME = "web/there_is_no_such_frame.html"
    answer = desk.get("/nowhere/")
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()
    assert LOG_OUT not in answer.content.decode()


def test_what_no_keyboard_types_is_no_failure_of_ours(desk) -> None:
    call = desk.post("/call/").headers["Location"]
    for address, sent in (
        ("confirm/act/", {"act": "a\x00b"}), ("confirm/fields/", {"field": "a\x00b"}),
        ("number/", {"kind": "pwz", "named": "\x00"}),
        ("case/", {"matter": "\x00", "note": "\x00"}),
    ):  # fmt: skip
        assert desk.post(f"{call}{address}", sent).status_code < 500, address
