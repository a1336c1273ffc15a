"""A consultant at the desk, as the desk's real role."""

from __future__ import annotations

import contextlib
import datetime
import re

import pytest
from django.test import Client
from tests import people

from zamiast.audit.services import OPERATOR
from zamiast.guardianship.models import Insurance, Representation
from zamiast.helpline.models import Case
from zamiast.registry import selectors, services
from zamiast.verification import answering
from zamiast.verification.models import Confirmation
from zamiast.verification.tests.conftest import HOLDER

LONG_AGO = datetime.date(2020, 1, 2)


class AtTheDesk:
    """Somebody of the staff with a browser; ``take_call`` begins a call."""

    def __init__(self, user, client):
        self.user, self.client, self.sheet = user, client, ""

    def take_call(self):
        """Take a call and remember its sheet."""
        self.sheet = self.client.post("/call/").headers["Location"]
        return self.sheet

    def say(self, number, **headers):
        """Send a number from the plain form."""
        return self.client.post(f"{self.sheet}identify/", {"number": number}, headers=headers)

    def ask(self, number):
        """Send a number as the page's script does."""
        return self.say(number, accept="application/json").json()

    def step(self, hx=False, **sent):
        """Send a step of the script, and show the sheet after it."""
        headers = {"hx-request": "true"} if hx else {}
        answer = self.client.post(f"{self.sheet}script/", sent, headers=headers, follow=not hx)
        assert answer.status_code in (200, 400), answer
        return answer

    def begin(self, matter, *answers):
        """Begin a script and give answers as ``step=answer``; return the sheet."""
        answer = self.step(begin=matter)
        for one in answers:
            step, _, given = one.partition("=")
            answer = self.step(step=step, answer=given)
        return answer

    def open_case(self, matter="wrong_data", **more):
        """Open a case in the call; return its number."""
        self.client.post(f"{self.sheet}case/", {"matter": matter, **more})
        return Case.objects.order_by("-opened_at").values_list("number", flat=True).first()


@pytest.fixture
def at_desk(database, site, as_role):
    """``at_desk(user)``: a browser of theirs; from now on Django is the desk's role."""
    with contextlib.ExitStack() as stack:

        def enter(user, language="en"):
            stack.close()
            site("desk")
            stack.enter_context(as_role("desk"))
            client = Client()
            client.cookies["language"] = language
            client.force_login(user)
            return AtTheDesk(user, client)

        yield enter


@pytest.fixture
def consultant(database, site):
    site("desk")
    return people.consultant()


@pytest.fixture
def supervisor(database, site):
    site("desk")
    return people.consultant("K-100", "supervisor")


@pytest.fixture
def caller(database, site, as_role):
    """Somebody with an account whose every datum can be told from other text."""
    from django.db import connection

    site("desk")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_account ALTER COLUMN id RESTART WITH 918273645")
    return people.account(
        family_name="Brzęczyszczykiewicz", given_names="Grzegorz", city="Łękołody",
        address_line="Chrząszczyżewoszyce 17", postal_code="21-370", language="uk",
    )  # fmt: skip


@pytest.fixture
def number(caller):
    """The caller's active identifier."""
    return str(selectors.current_identifier(caller.pk).number)


@pytest.fixture
def family(database, site):
    """A mother who insures the child, a father with authority: a case of the mother's."""
    site("desk")
    mother, father = people.account(given_names="Maria"), people.account(given_names="Piotr")
    child = people.account(given_names="Zofia", birth_date=datetime.date(2017, 6, 1))
    for one in (mother, father):
        services.mark_used(one.pk, by=OPERATOR)
        Representation.objects.create(
            account_id=child.pk, person_id=one.pk, role="parent", authority="full",
            since=LONG_AGO, source="import", entered_by="test",
        )  # fmt: skip
        Insurance.objects.create(
            account_id=child.pk, insurer_id=one.pk, since=LONG_AGO, published_on=LONG_AGO,
            payer="employer", source="import", entered_by="test",
        )  # fmt: skip
    return mother, father, child


@pytest.fixture
def specialists(database, site):
    site("desk")
    return people.consultant("K-301", "specialist"), people.consultant("K-302", "specialist")


@pytest.fixture
def case(family, consultant):
    return Case.objects.create(
        matter="after_divorce", account_id=family[0].pk, level=1, opened_by=consultant,
        opened_by_name="K-417", call_id="6a2a1f7e-2f6b-4d6a-9b52-0d7b0d1c0001",
    )  # fmt: skip


@pytest.fixture
def ends(at_desk, as_role, consultant, number, caller, settings):
    """Both ends of a call: ``say`` is a POST of the desk, ``type`` the holder's answer."""
    settings.CONFIRM_ANSWER_SECONDS = 0

    class Ends:
        desk = at_desk(consultant)

        def __init__(self):
            self.desk.take_call()
            self.desk.say(number)
            self.address = f"{self.desk.sheet}confirm/"

        def get(self, place=""):
            return self.desk.client.get(self.address + place)

        def post(self, place="", **data):
            return self.desk.client.post(self.address + place, data)

        def ask(self, matter="e_services", field=("name", "account_used")):
            answer = self.post(matter=matter, field=field)
            return re.search(r'id="confirm-digits">([0-9 ]+)<', answer.text)[1].replace(" ", "")

        def type(self, digits):
            with as_role("owner"):
                prompt = Confirmation.objects.get(state="waiting").pk
            with as_role("portal"):
                said = answering.type_number(
                    prompt, caller.pk, about=caller.pk, digits=digits, by=HOLDER
                )
            self.desk = at_desk_again(self.desk)
            return said

    def at_desk_again(before):
        now = at_desk(consultant)
        now.client, now.sheet = before.client, before.sheet
        return now

    return Ends()
