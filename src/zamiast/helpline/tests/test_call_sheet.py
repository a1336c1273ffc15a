"""The call sheet, as the desk's role: what each answer says, and what no answer ever says."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zamiast.audit.models import Event, Look
from zamiast.audit.services import OPERATOR
from zamiast.helpline.models import Case, Note
from zamiast.login.models import StaffSession
from zamiast.pure import identifier
from zamiast.pure.numerals.pesel import is_well_formed
from zamiast.registry import services as registry
from zamiast.verification.models import Call

PESEL = next(str(n) for n in range(44051400000, 44051499999) if is_well_formed(str(n)))


def statements(action):
    """The SQL of an action, without the begin and end of transactions."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(words)]


def text_of(response):
    return response.content.decode() + str(response.headers)


def test_an_identified_caller_is_usable_and_has_a_language_and_that_is_all(
    caller, number, consultant, supervisor, at_desk
):
    case = Case.objects.create(
        matter="was_it_you", account_id=caller.pk, level=1, opened_by=supervisor,
        opened_by_name="K-100", number=777_321, state="closed",
    )  # fmt: skip
    Note.objects.create(case=case, author=supervisor, author_name="K-417", text="Tajemnica")
    desk = at_desk(consultant)
    sheet = desk.take_call()
    assert desk.ask(number) == {"outcome": "identified", "language": "uk"}
    told = [desk.client.get(sheet), desk.client.get(f"{sheet}?again"), desk.client.get("/")]
    opened = desk.open_case(note="Prosi o pomoc.")
    told += [desk.client.get(sheet), desk.client.get(f"/case/{opened}/")]
    told += [desk.client.get("/cases/"), desk.client.get("/cases/?owner=mine")]
    secrets = [
        number, identifier.format(number), str(caller.pk), "Brzęczyszczykiewicz", "Grzegorz",
        "1951", "Łękołody", "Chrząszczyżewoszyce", "21-370", "777321", "777 321", "Tajemnica",
    ]  # fmt: skip
    for response in told:
        assert response.status_code == 200
        assert [secret for secret in secrets if secret in text_of(response)] == []
    assert "українська" in told[0].content.decode()
    assert "українська" not in told[2].content.decode()


@pytest.mark.parametrize("how", ["unknown", "suspended", "replaced", "dead"])
def test_what_is_not_active_reads_the_same_on_the_screen(caller, number, consultant, at_desk, how):
    if how == "unknown":
        number = identifier.generate()
    elif how == "suspended":
        registry.suspend_identifier(caller.pk, by=OPERATOR)
    elif how == "replaced":
        registry.replace_identifier(caller.pk, seen=int(number), by=OPERATOR)
    else:
        registry.note_death(caller.person, died_on=None, by=OPERATOR)
    desk = at_desk(consultant)
    sheet = desk.take_call()
    assert desk.ask(number) == {"outcome": "not_active", "language": None}
    answer = desk.say(number)
    assert answer.headers["Location"] == f"{sheet}?heard=not_active"
    page = desk.client.get(answer.headers["Location"]).content.decode()
    assert page.count("This number is not active.") == 2  # shown once, once among the words
    assert number not in page


def test_the_fourth_number_is_limited_and_the_script_goes_on_without(number, consultant, at_desk):
    desk = at_desk(consultant)
    sheet = desk.take_call()
    for _ in range(3):
        assert desk.ask(identifier.generate())["outcome"] == "not_active"
    assert desk.ask(number)["outcome"] == "limited"
    page = desk.client.get(f"{sheet}?heard=limited").content.decode()
    assert "Enough tries." in page
    assert 'id="give-up" hidden' not in page


def test_a_misheard_number_is_explained_without_javascript_and_not_looked_up(
    consultant, at_desk, as_role
):
    desk = at_desk(consultant)
    desk.take_call()
    answer = desk.say("950 120 144 438")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Ask for the fourth group once more." in page
    assert 'value="950 120 144 438"' in page
    assert "950 120 144 483" not in page
    assert "950120144483" not in page
    with as_role("owner"):
        assert not Event.objects.filter(what="call.identify").exists()


def test_after_three_misheard_tries_the_script_offers_to_go_on_without(consultant, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    answer = desk.client.post(
        f"{desk.sheet}identify/", {"number": "950 120 144 438", "misheard": "2"}
    )
    assert 'id="give-up" hidden' not in answer.content.decode()


@pytest.mark.parametrize("typed", [PESEL, f"{PESEL[:6]}-{PESEL[6:]}", f"pesel {PESEL}"])
def test_a_pesel_is_neither_looked_up_nor_shown_again(consultant, at_desk, as_role, typed, caplog):
    desk = at_desk(consultant)
    desk.take_call()
    plain, script = desk.say(typed), desk.say(typed, accept="application/json")
    assert plain.status_code == script.status_code == 400
    assert "That is a PESEL" in plain.content.decode()
    for answer in (plain, script):
        assert PESEL not in text_of(answer)
        assert PESEL[:6] not in text_of(answer)
    assert PESEL not in caplog.text
    with as_role("owner"):
        assert not Event.objects.filter(what="call.identify").exists()


def test_identifying_asks_then_answers_and_ends_with_the_session(
    caller, number, consultant, at_desk, as_role
):
    desk = at_desk(consultant)
    desk.take_call()
    desk.ask(number)
    sql = statements(lambda: desk.ask(number))
    assert ["verification_ask" in sql[0], "verification_answer" in sql[1], len(sql)] == [
        True,
        True,
        2,
    ]
    with as_role("owner"):  # a logout that another process took
        StaffSession.objects.all().delete()
    assert desk.ask(number) == {"outcome": "no_session", "language": None}
    assert desk.say(number).headers["Location"].startswith("/login/")
    assert desk.say("950 120 144 438").headers["Location"].startswith("/login/")


def test_one_call_at_a_time_and_another_consultants_call_is_not_mine(
    consultant, supervisor, at_desk
):
    desk = at_desk(consultant)
    sheet = desk.take_call()
    assert desk.take_call() == sheet
    other = at_desk(supervisor)
    assert other.client.get(sheet).headers["Location"] == "/"
    other.sheet = sheet
    assert other.ask(identifier.generate())["outcome"] == "no_call"
    assert other.client.post(f"{sheet}hang-up/").status_code == 404
    assert desk.client.get("/").content.decode().count(sheet) == 2  # navigation and button


def test_a_case_for_an_identified_caller(caller, number, consultant, at_desk, as_role):
    desk = at_desk(consultant)
    sheet = desk.take_call()
    desk.ask(number)
    opened = desk.open_case("child_account", note=f"Syn. {PESEL}", caller="uk")
    page = desk.client.get(sheet).content.decode()
    assert f"{opened:,}".replace(",", "\N{NO-BREAK SPACE}") in page
    assert "unconfirmed" in page
    assert "A PESEL stood in the note." in page
    assert PESEL not in page
    assert (opened > 100_000, Note.objects.get().text) == (True, "Syn. [PESEL usunięty]")
    with as_role("owner"):
        whats = Look.objects.filter(account_id=caller.pk, actor="K-417").values_list(
            "what", flat=True
        )
        assert sorted(whats) == ["call.identify", "case.opened", "note.written"]


def test_a_case_without_an_identifier_opened_and_closed_at_once(consultant, at_desk):
    desk = at_desk(consultant)
    sheet = desk.take_call()
    page = desk.client.get(f"{sheet}?without").content.decode()
    assert "Without an identifier." in page
    opened = desk.open_case("no_identifier", caller="en", then="close")
    case = Case.objects.get(pk=opened)
    assert (case.account_id, case.state, case.language) == (None, "closed", "en")
    desk.client.post(f"{sheet}hang-up/")
    assert not Call.objects.under_way().exists()


def test_what_cannot_be_saved_stays_in_the_fields(consultant, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    desk.begin("wrong_data")
    answer = desk.client.post(f"{desk.sheet}case/", {"note": f"Ważne słowa {PESEL}"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose a matter first." in page
    assert "Ważne słowa [PESEL usunięty]</textarea>" in page
    assert "A PESEL stood in the note." in page
    too_long = "bardzo " * 600
    answer = desk.client.post(f"{desk.sheet}case/", {"note": too_long, "matter": "wrong_data"})
    assert too_long in answer.content.decode()
    assert not Case.objects.exists()


def test_a_note_survives_a_call_that_ended_in_another_window(consultant, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    desk.client.post(f"{desk.sheet}hang-up/")
    answer = desk.client.post(f"{desk.sheet}case/", {"note": "Zdążyć", "matter": "wrong_data"})
    page = answer.content.decode()
    assert "This call has ended." in page
    assert "Zdążyć</textarea>" in page


def test_a_second_click_opens_no_second_case_and_more_text_is_added(consultant, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    first = desk.open_case(note="raz")
    assert desk.open_case(note="raz") == first
    assert Note.objects.count() == 1
    assert desk.open_case(note="dwa") == first
    assert list(Note.objects.order_by("id").values_list("text", flat=True)) == ["raz", "dwa"]


def test_hanging_up_warns_before_a_note_is_lost(consultant, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    desk.begin("wrong_data")
    answer = desk.client.post(f"{desk.sheet}hang-up/", {"note": "Ważne", "matter": "wrong_data"})
    page = answer.content.decode()
    assert "The note is not saved." in page
    assert "Ważne</textarea>" in page
    assert Call.objects.under_way().exists()
    desk.client.post(f"{desk.sheet}hang-up/", {"note": "Ważne", "lose_note": "1"})
    assert not Call.objects.under_way().exists()


def test_the_script_changes_language_and_keeps_what_was_typed(caller, number, consultant, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    desk.ask(number)
    page = desk.begin("child_account").content.decode()
    assert "Ким ви є для дитини?" in page
    assert '<small class="beside">What are you to the child?</small>' in page
    page = desk.step(language="pl", note="zaczęte").content.decode()
    assert "Kto dzwoni w sprawie dziecka" in page
    assert "zaczęte</textarea>" in page
    assert not Case.objects.exists()


def test_supervisors_see_numbers_tried_in_vain(consultant, supervisor, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    for _ in range(4):
        desk.ask(identifier.generate())
    assert desk.client.get("/supervisor/").status_code == 403
    page = at_desk(supervisor).client.get("/supervisor/").content.decode()
    row = page[page.index("K-417", page.index('id="tries"')) :][:400]
    assert ">3</td>" in row
    assert '<span class="badge danger">1</span>' in row


def test_pages_stay_within_their_bars(caller, number, consultant, at_desk):
    desk = at_desk(consultant)
    sheet = desk.take_call()
    desk.ask(number)
    desk.client.get(sheet)
    seen = {"sheet": statements(lambda: desk.client.get(sheet))}
    step = f"{sheet}script/"
    seen["begin"] = statements(lambda: desk.client.post(step, {"begin": "child_account"}))
    seen["script"] = statements(lambda: desk.client.get(sheet))
    seen["answer"] = statements(lambda: desk.step(hx=True, step="relation", answer="parent"))
    desk.step(step="age", answer="adult")
    seen["outcome"] = statements(lambda: desk.client.get(sheet))
    seen["back"] = statements(lambda: desk.step(hx=True, back="age"))
    seen["opening"] = statements(
        lambda: desk.client.post(f"{sheet}case/", {"matter": "wrong_data", "note": "Adres."})
    )
    number_of_case = Case.objects.get().pk
    for name, address in (
        ("opened", sheet), ("case", f"/case/{number_of_case}/"), ("list", "/cases/"), ("home", "/"),
    ):  # fmt: skip
        seen[name] = statements(lambda address=address: desk.client.get(address))
    counts = {name: len(sql) for name, sql in seen.items()}
    print(counts)
    assert counts.pop("opening") <= 8, seen["opening"]
    assert all(count <= 12 for count in counts.values()), counts


def test_cpu_of_the_pages_is_printed(caller, number, consultant, at_desk):
    desk = at_desk(consultant)
    sheet = desk.take_call()
    desk.ask(number)
    desk.begin("child_account")
    desk.step(step="relation", answer="parent")
    desk.step(step="age", answer="adult")
    for address in (sheet, f"{sheet}?more", f"{sheet}?again", "/cases/", "/scripts/"):
        desk.client.get(address)
        began = time.process_time()
        for _ in range(20):
            desk.client.get(address)
        print(address.replace(sheet, "sheet"), round((time.process_time() - began) * 50, 2), "ms")


def test_a_supervisor_lets_a_stopped_consultant_go_on(consultant, supervisor, at_desk, as_role):
    with as_role("owner"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("UPDATE verification_limits SET per_hour = 2, per_call = 50")
    desk = at_desk(consultant)
    desk.take_call()
    assert [desk.ask(identifier.generate())["outcome"] for _ in range(3)][-1] == "limited"
    assert desk.client.post("/supervisor/lift/", {"k_number": "K-417"}).status_code == 403
    client, sent = at_desk(supervisor).client, {"k_number": "K-417", "reason": "Pomyłki."}
    assert "Why may they go on?" in client.get("/supervisor/").text
    assert client.post("/supervisor/lift/", {**sent, "reason": " "}).status_code == 400
    page = client.post("/supervisor/lift/", sent, follow=True).text
    assert "K-417 can go on, for an hour." in page
    assert "lifted by K-100 until" in page
    client.logout()
    desk.client.force_login(consultant)
    assert desk.ask(identifier.generate())["outcome"] == "not_active"
