"""Every address of both sites declares who may enter; the list was reviewed.

After a deliberate change, look at the difference and write the list anew:

    pytest tests/guards/test_every_route_declares_access.py --update-reviewed

Beyond the list, each address that is not public is tried by those who may not enter:
nobody, somebody with a password only, and every other role of this site.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests import people
from zamiast.login import doors

ROUTES = Path(__file__).with_name("routes.txt")
SITES = ("portal", "desk", "api")
ENTERS = {
    "consultant": {doors.CONSULTANT, doors.CASEWORKER, doors.PERSON, doors.SETUP},
    "supervisor": {doors.CASEWORKER, doors.CONSULTANT, doors.SUPERVISOR, doors.PERSON, doors.SETUP},
    "holder": {doors.HOLDER, doors.PERSON, doors.SETUP},
    "password only": {doors.SETUP},
    "nobody": set(),
}
OPEN = {doors.PUBLIC, doors.LOGIN, doors.MACHINE}


@dataclass(frozen=True)
class Route:
    site: str
    pattern: str
    name: str
    who: str | None
    arguments: dict[str, object]

    @property
    def line(self) -> str:
        return f"{self.site:<7}{self.who or 'UNDECLARED':<11}/{self.pattern}  {self.name}"

    @property
    def address(self) -> str:
        urlconf = f"zamiast.config.urls.{self.site}"
        return str(reverse(self.name, kwargs=self.arguments, urlconf=urlconf))


EXAMPLES = {
    "int": 1,
    "slug": "x",
    "str": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def routes(site: str) -> list[Route]:
    resolver = get_resolver(f"zamiast.config.urls.{site}")
    return sorted(_walk(site, resolver.url_patterns, "", (), {}), key=lambda route: route.pattern)


def _walk(site, patterns, prefix, spaces, converters) -> Iterator[Route]:
    for pattern in patterns:
        inherited = {**converters, **getattr(pattern.pattern, "converters", {})}
        if isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name or "UNNAMED"))
            yield Route(
                site,
                prefix + str(pattern.pattern),
                name,
                doors.declared(pattern.callback),
                {key: _example(converter) for key, converter in inherited.items()},
            )
        else:
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            inner = prefix + str(pattern.pattern)
            yield from _walk(site, pattern.url_patterns, inner, inside, inherited)


def _example(converter) -> object:
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return EXAMPLES[kind]


def everything() -> list[Route]:
    return [route for site in SITES for route in routes(site)]


def test_the_list_of_routes_was_reviewed(request):
    found = "".join(f"{route.line}\n" for route in everything())
    if request.config.getoption("--update-reviewed"):
        ROUTES.write_text(found, encoding="utf-8")
    assert found == ROUTES.read_text(encoding="utf-8")


def test_every_route_declares_who_may_enter_and_has_a_name():
    assert [route.line for route in everything() if route.who not in doors.ALL] == []
    assert [route.line for route in everything() if "UNNAMED" in route.name] == []


def test_no_site_has_doors_of_the_other():
    assert not {route.who for route in routes("portal")} & {doors.CONSULTANT, doors.SUPERVISOR}
    assert not {route.who for route in routes("desk")} & {doors.HOLDER}


def test_what_declares_nothing_is_refused(rf):
    from zamiast.errors import NotAllowed
    from zamiast.web.access import Gate

    with pytest.raises(NotAllowed):
        Gate(lambda request: None)._decide(rf.get("/"), None)


def test_the_gate_stands_in_every_site():
    for site in SITES:
        settings = importlib.import_module(f"zamiast.config.settings.{site}")
        assert "zamiast.web.access.Gate" in settings.MIDDLEWARE


def client_of(who: str, client_class):
    client = client_class()
    if who == "nobody":
        return client
    if who == "holder":
        user = people.holder()
    else:
        role = "consultant" if who == "password only" else who
        user = people.consultant("K-417", role=role)
    if who == "password only":
        user.authenticator_set.all().delete()
    client.force_login(user)
    return client


CASES = [
    ("portal", "nobody"),
    ("portal", "holder"),
    ("desk", "nobody"),
    ("desk", "password only"),
    ("desk", "consultant"),
    ("desk", "supervisor"),
]


@pytest.mark.parametrize(("where", "who"), CASES)
def test_who_may_not_enter_is_refused_at_every_route(database, site, client, where, who):
    site(where)
    browser = client_of(who, type(client))
    tried = 0
    for route in routes(where):
        if route.who in OPEN | ENTERS[who]:
            continue
        for method in ("get", "post"):
            _refused(getattr(browser, method)(route.address), route, who)
            tried += 1
    assert tried or who in {"supervisor", "holder"}


def _refused(response, route: Route, who: str) -> None:
    if who == "nobody":
        assert response.status_code == 302, route.line
        assert response.headers["Location"].startswith("/login/?next="), route.line
    elif who == "password only":
        assert response.status_code == 302, route.line
        assert response.headers["Location"] == "/second-factor/", route.line
    else:
        assert response.status_code == 403, route.line


@pytest.mark.parametrize(("where", "stranger"), [("portal", "consultant"), ("desk", "holder")])
def test_a_session_of_the_other_kind_opens_nothing(database, site, client, where, stranger):
    """Even if a person of the other kind came to hold a session of this site."""
    site("desk" if stranger == "consultant" else "portal")
    user = people.consultant() if stranger == "consultant" else people.holder()
    site(where)
    browser = type(client)()
    browser.force_login(user)
    for route in routes(where):
        if route.who not in OPEN:
            response = browser.get(route.address)
            assert response.status_code in {302, 403}, route.line
            if response.status_code == 302:
                assert response.headers["Location"].startswith("/login/"), route.line


@pytest.mark.parametrize(
    ("where", "who"), [("portal", "holder"), ("desk", "consultant"), ("desk", "specialist")]
)
def test_a_number_that_no_column_holds_names_nothing(database, site, client, where, who):
    site(where)
    browser = client_of(who, type(client))
    open_to_them = doors.HOLDER, doors.PERSON, doors.CASEWORKER, doors.CONSULTANT, doors.SPECIALIST
    for route in routes(where):
        if 1 in route.arguments.values() and route.who in open_to_them:
            numbers = {key: 2**63 if value == 1 else value
                       for key, value in route.arguments.items()}  # fmt: skip
            address = reverse(route.name, kwargs=numbers, urlconf=f"zamiast.config.urls.{where}")
            for method in ("get", "post"):
                said = getattr(browser, method)(address).status_code
                assert said in {302, 403, 404, 405}, (method, route.line, said)
