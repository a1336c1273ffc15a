"""The doorway: whoever writes, a PESEL does not come through."""

import subprocess
import sys

import pytest
from tests import people

from zamiast.audit import doorway
from zamiast.config import logs
from zamiast.registry.models import Person

PESEL = "44051401458"


def test_the_rest_of_the_text_stays():
    passed = doorway.let_through(f"Dzwoni pani Anna ({PESEL}), prosi o oddzwonienie.\n— pilne")
    assert passed.text == f"Dzwoni pani Anna ({doorway.MARK}), prosi o oddzwonienie.\n— pilne"
    assert passed.found == 1


def test_twice_is_the_same_as_once():
    once = doorway.cleaned(f"{PESEL} {PESEL}")
    assert doorway.cleaned(once) == once


@pytest.mark.parametrize("how", ["create", "save", "update", "bulk"])
def test_every_way_of_writing_a_model_is_guarded(db, how):
    person = people.person(city="Lublin")
    text = f"Lublin {PESEL}"
    if how == "create":
        person = people.person(city=text)
    elif how == "save":
        person.city = text
        person.save()
    elif how == "update":
        Person.objects.filter(pk=person.pk).update(city=text)
    else:
        new = Person(family_name="A", given_names="B", city=text)
        person = Person.objects.bulk_create([new])[0]
    person.refresh_from_db()
    assert person.city == f"Lublin {doorway.MARK}"


def test_after_saving_nobody_goes_on_with_the_raw_text(db):
    assert people.person(city=PESEL).city == doorway.MARK


def test_a_long_value_is_cut_before_the_guard_reads_it(monkeypatch):
    read = []
    monkeypatch.setattr(doorway, "cleaned", lambda text: read.append(len(text)) or text)
    address = "/" + "a" * 60_000 + "/end"
    found = logs.guard(None, "", {"event": f"Not Found: {address}", "more": [address, 10**4000]})
    assert max(read) < 2_100
    assert found["event"].startswith("Not Found: /aaa")
    assert found["event"].endswith("/end")


LOGS = """
import logging, structlog
from zamiast.config import logs
logs.configure(as_json={as_json})
log = structlog.get_logger("zamiast.test")
P = "44051401458"
log.warning(f"message {{P}}", key=P, number=int(P), inner={{"a": [P]}}, **{{P: 1}})
logging.getLogger("other.library").warning("lazy %s", P, extra={{"more": P}})
try:
    raise ValueError(P)
except ValueError:
    log.exception("failed")
    logging.getLogger("other.library").exception("failed %s", P)
"""


@pytest.mark.parametrize("as_json", [True, False])
def test_a_log_line_carries_no_pesel(as_json):
    script = LOGS.format(as_json=as_json).replace("P = ", "P = '4405140' + '1458' or ")
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.count(doorway.MARK) >= 8
    assert PESEL not in done.stderr
    assert done.stderr.count("ValueError") >= 2


ASKED = """
from django.conf import settings
settings.configure()
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response
from zamiast.config import logs
logs.configure(as_json=True)
asked = RequestFactory().get("/login/with/bank/back/?code=the-code&state=the-state")
answer = HttpResponse(status=403)
log_response("%s: %s", "Forbidden", asked.path, request=asked, response=answer)
"""


def test_what_stands_behind_the_question_mark_of_an_address_is_not_logged():
    command = [sys.executable, "-c", ASKED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Forbidden: /login/with/bank/back/" in done.stderr
    assert "the-code" not in done.stderr
    assert "the-state" not in done.stderr
