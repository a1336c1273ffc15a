"""The panel of the desk: what stands in its answers at each level, and what never does."""

import time

import pytest
from django.utils import timezone

from zamiast.audit.models import Event
from zamiast.helpline.models import Case
from zamiast.records.fhir.importing import Import
from zamiast.records.models import Dispute, Entry
from zamiast.records.tests import samples
from zamiast.records.tests.resources import EXAMPLES
from zamiast.registry.models import SourceRecord

PERSONAL = ("Brzęczyszczykiewicz", "Grzegorz", "Łękołody", "Chrząszczyżewoszyce", "1951")
MATTER = "e_services"  # opens no address and no birth date


def closed(text):
    return [word for word in PERSONAL if word in text]


def test_before_the_holder_confirms_no_answer_holds_a_field(ends):
    digits = ends.ask()
    for answer in (ends.get(), ends.desk.client.get(ends.desk.sheet), ends.get("state/"),
                   ends.post("fields/", field=["name", "address"])):  # fmt: skip
        assert closed(answer.text) == []
        assert digits not in answer.text.replace(" ", "")
        assert "no-store" in answer.headers["Cache-Control"]


def test_after_it_one_answer_holds_the_fields_that_were_opened_and_no_other(ends):
    assert ends.type(ends.ask()) == "confirmed"
    assert ends.get("state/").json()["state"] == "confirmed"
    assert closed(ends.get().text) == []
    opened = ends.post("fields/", field=["name"])
    assert closed(opened.text) == ["Brzęczyszczykiewicz", "Grzegorz"]
    assert "no-store" in opened.headers["Cache-Control"]
    for place in ("address", "birth_date", "prescriptions"):
        assert closed(ends.post("fields/", field=[place]).text) == []
    assert closed(ends.get().text) == []
    ends.desk.client.post(f"{ends.desk.sheet}hang-up/")
    for answer in (ends.get(), ends.post("fields/", field=["name"])):
        assert answer.headers.get("Location") == "/"
        assert closed(answer.text) == []


def test_a_case_in_the_confirmed_matter_is_confirmed_and_in_another_is_not(ends, caller):
    ends.type(ends.ask())
    ends.desk.open_case(MATTER)
    ends.desk.open_case("wrong_data")
    assert list(Case.objects.order_by("number").values_list("matter", "level", "is_confirmed")) == [
        (MATTER, 2, True), ("wrong_data", 1, False),
    ]  # fmt: skip
    assert set(Case.objects.values_list("account_id", flat=True)) == {caller.pk}


def test_the_answer_to_asking_is_held_to_its_time(ends, settings):
    settings.CONFIRM_ANSWER_SECONDS = 0.3
    before = time.monotonic()
    ends.ask()
    assert time.monotonic() - before >= 0.3


def test_every_answer_of_the_waiting_screen_is_held_to_its_time(ends, settings):
    """Whether the holder declined, is asked still, or there is none."""
    ends.ask()
    settings.CONFIRM_ANSWER_SECONDS = settings.CONFIRM_POLL_SECONDS = 0.2
    for look in (lambda: ends.get("state/"), ends.get, lambda: ends.post("stop/")):
        before = time.monotonic()
        look()
        assert time.monotonic() - before >= 0.2


def test_a_caller_s_identifier_stands_in_no_answer(ends, number):
    ends.type(ends.ask(matter="lost_identifier", field=("name", "identifier_issued")))
    opened = ends.post("fields/", field=["name", "identifier_issued"])
    assert closed(opened.text) == ["Brzęczyszczykiewicz", "Grzegorz"]
    assert number not in opened.text.replace(" ", "")


def test_sentences_for_what_cannot_be_done(ends):
    assert "at least one" in ends.post(matter=MATTER).text
    for _ in range(3):
        ends.ask()
    assert "Three numbers" in ends.post(matter=MATTER, field=["name"]).text
    ends.post("stop/")
    assert "Three numbers" in ends.get().text


@pytest.mark.parametrize("disputed", [False, True])
def test_matter_10_is_explained_from_the_vaccinations_that_were_imported(
    ends, caller, as_role, tmp_path, disputed
):
    with as_role("owner"):
        SourceRecord.objects.create(system="p1/Patient", value="p1", person=caller.person)
    with as_role("importer"):
        Import("p1").run(samples.ndjson(tmp_path / "i.ndjson", EXAMPLES["Immunization"]))
    if disputed:
        with as_role("owner"):
            entry = Entry.objects.get()
            Dispute.objects.create(entry=entry, account=caller, kind="never", case_number=7,
                                   opened_at=timezone.now())  # fmt: skip
    ends.type(ends.ask("covid_referral", ("name", "covid_record")))
    assert "Lipowa" not in ends.get().text
    opened = ends.post("fields/", field=["covid_record"]).text
    assert "30 September 2025 (Punkt szczepień Lipowa)" in opened
    assert ("Its author does, in gabinet.gov.pl: Punkt szczepień Lipowa" in opened) is disputed
    with as_role("owner"):
        event = Event.objects.get(what="call.field_opened")
        assert (event.fields, event.account_id, event.level) == ("covid_record", caller.pk, 2)


def test_what_was_opened_may_stay_in_no_cache_and_no_history(ends):
    ends.type(ends.ask())
    opened = ends.post("fields/", field=["name"])
    assert "no-store" in opened.headers["Cache-Control"]
    ends.desk.client.post(f"{ends.desk.sheet}hang-up/")
    sheet = ends.desk.client.get(ends.desk.sheet)
    assert sheet.headers["Location"] == "/"


def test_a_classifier_tells_no_holder_from_nobody(ends, connect, consultant, caller, settings):
    """A small run of ``tools/bench_confirm.py``: two classes in turn, size and time at chance."""
    settings.CONFIRM_ANSWER_SECONDS = 0.08
    owner, seen = connect("owner"), {True: [], False: []}
    owner.execute("UPDATE verification_limits SET prompts_per_hour = 1000")
    for turn in range(80):
        is_holder = bool(turn.bit_count() % 2)  # both as often, in no simple order
        owner.execute("UPDATE verification_call SET ended_at = now() WHERE ended_at IS NULL")
        (call,) = owner.execute(
            "INSERT INTO verification_call (id, consultant_id, began_at, account_id, language)"
            " VALUES (gen_random_uuid(), %s, now(), %s, 'pl') RETURNING id",
            [consultant.pk, caller.pk if is_holder else None],
        ).fetchone()
        began = time.perf_counter()
        answer = ends.desk.client.post(
            f"/call/{call}/confirm/", {"matter": MATTER, "field": "name"}
        )
        seen[is_holder].append((len(answer.content), time.perf_counter() - began))
        assert 'data-state="waiting"' in answer.text
    asked = owner.execute(
        "SELECT account_id IS NULL, count(*) FROM verification_confirmation GROUP BY 1"
    )
    assert dict(asked.fetchall()) == {False: 40, True: 40}
    assert {size for size, _ in seen[True]} == {size for size, _ in seen[False]}
    wins = [one > other for _, one in seen[True] for _, other in seen[False]]
    assert 0.2 < sum(wins) / len(wins) < 0.8
