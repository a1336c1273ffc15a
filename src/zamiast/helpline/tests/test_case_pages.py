"""Cases on the screen: the list page by page, one case, a case by its number."""

import pytest

from zamiast.audit.models import Event
from zamiast.helpline.models import Case, Note
from zamiast.pure.numerals.pesel import is_well_formed

PESEL = next(str(n) for n in range(44051400000, 44051499999) if is_well_formed(str(n)))


@pytest.fixture
def cases(consultant, supervisor):
    """Sixty cases: every third by the supervisor, every second closed."""
    return Case.objects.bulk_create(
        Case(
            matter="wrong_data" if number % 5 else "e_services",
            state="closed" if number % 2 else "open",
            opened_by=supervisor if number % 3 == 0 else consultant,
            opened_by_name="K-100" if number % 3 == 0 else "K-417",
            owner=supervisor if number % 3 == 0 else consultant,
        )
        for number in range(60)
    )


def numbers_on(page):
    text = page.content.decode()
    return [part.split("/", 1)[0] for part in text.split('href="/case/')[1:]]


def test_the_list_shows_the_newest_first_and_goes_on_where_it_stopped(cases, consultant, at_desk):
    client = at_desk(consultant).client
    newest = [str(case.pk) for case in reversed(cases)]
    first = client.get("/cases/?which=all")
    assert numbers_on(first) == newest[:50]
    assert f"before={newest[49]}" in first.content.decode()
    second = client.get(f"/cases/?which=all&before={newest[49]}")
    assert numbers_on(second) == newest[50:]
    assert 'rel="next"' not in second.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 30), ("?which=open", 30), ("?which=all&owner=mine", 40), ("?owner=mine", 20),
        ("?owner=nobody", 0), ("?overdue=1", 0), ("?which=closed", 30), ("?queue=line", 30),
        ("?queue=safety", 0), ("?which=waiting", 0), ("?which=all&matter=e_services", 12),
        ("?which=open&matter=e_services", 6), ("?which=nonsense&matter=x&before=y", 30),
    ],
)  # fmt: skip
def test_the_list_is_filtered_and_nonsense_is_left_out(cases, consultant, at_desk, query, count):
    assert len(numbers_on(at_desk(consultant).client.get(f"/cases/{query}"))) == count


def test_a_case_is_found_by_its_number_in_groups(cases, consultant, at_desk):
    number = cases[7].pk
    answer = at_desk(consultant).client.post("/case/", {"number": f" {number:,}".replace(",", " ")})
    assert answer.headers["Location"] == f"/case/{number}/"


@pytest.mark.parametrize("typed", [PESEL, "950120144483", "?", "", "9" * 40])
def test_what_is_no_case_number_never_reaches_an_address(consultant, at_desk, typed):
    answer = at_desk(consultant).client.post("/case/", {"number": typed})
    page = answer.content.decode() + str(answer.headers)
    assert answer.status_code == 400
    said = "in a call only" if typed.startswith("95") else "That is not a case number."
    assert said in page
    assert not typed or len(typed) == 1 or typed not in page


def test_a_case_that_does_not_exist_is_a_page_with_a_sentence_and_an_event(
    consultant, at_desk, as_role
):
    answer = at_desk(consultant).client.get("/case/999999/")
    assert answer.status_code == 404
    assert "There is no case with this number." in answer.content.decode()
    with as_role("owner"):
        assert Event.objects.get(what="case.read").outcome == "not_found"


def test_a_note_is_added_and_one_that_cannot_be_saved_stays_in_the_field(
    cases, consultant, at_desk
):
    number = cases[0].pk
    client = at_desk(consultant).client
    assert client.post(f"/case/{number}/note/", {"note": f"Tak {PESEL}"}).status_code == 302
    page = client.get(f"/case/{number}/").content.decode()
    assert "Tak [PESEL usunięty]" in page
    assert "A PESEL stood in the note." in page
    long = f"{PESEL} " + "słowo " * 700
    refused = client.post(f"/case/{number}/note/", {"note": long})
    assert refused.status_code == 400
    assert "słowo słowo" in refused.content.decode()
    assert PESEL not in refused.content.decode()
    assert Note.objects.count() == 1


def test_a_case_is_closed_once_and_the_slower_one_is_told(cases, consultant, at_desk):
    number = cases[0].pk
    client = at_desk(consultant).client
    assert client.post(f"/case/{number}/close/").status_code == 302
    slower = client.post(f"/case/{number}/close/")
    assert slower.status_code == 409
    assert "Somebody was faster" in slower.content.decode()
    assert client.post(f"/case/{number}/reopen/").headers["Location"] == f"/case/{number}/"


def test_a_disowned_case_warns_and_cannot_be_moved(cases, consultant, at_desk):
    Case.objects.filter(pk=cases[0].pk).update(state="disowned")
    page = at_desk(consultant).client.get(f"/case/{cases[0].pk}/").content.decode()
    assert "that was not me" in page
    assert "Close the case" not in page
    assert "Open again" not in page


def test_a_pesel_in_the_address_is_not_kept_as_a_case_number(consultant, at_desk, as_role):
    from zamiast.audit.models import Event

    assert at_desk(consultant).client.get("/case/44051401458/").status_code == 404
    with as_role("owner"):
        assert list(Event.objects.filter(what="case.read").values_list("case_number")) == [(None,)]


def test_a_note_with_a_nul_is_saved_without_it(consultant, at_desk):
    desk = at_desk(consultant)
    sheet = desk.take_call()
    sent = {"matter": "wrong_data", "note": "a\x00b"}
    assert desk.client.post(f"{sheet}case/", sent).status_code == 302
    assert Note.objects.get().text == "ab"
