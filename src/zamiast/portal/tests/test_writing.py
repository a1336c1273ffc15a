"""The written word: from the account, by the public form, and the answers."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from tests import people

from zamiast.audit.models import Event
from zamiast.errors import Conflict, NotFound, TooMany
from zamiast.helpline import letters, public
from zamiast.helpline.models import Case, Message, Note, Writer
from zamiast.portal import mail
from zamiast.pure import identifier

from .conftest import case_of, number_of

PESEL = "44051401458"
TEXT = "Nie widzę recepty z poniedziałku."


@pytest.fixture
def no_limits(monkeypatch) -> None:
    monkeypatch.setattr("zamiast.portal.views.writing.LIMITS", {})


def write(client, text: str = TEXT, matter: str = "wrong_data"):
    return client.post("/cases/write/", {"matter": matter, "text": text}, follow=True)


def form(client, **more):
    return client.post("/write/", {"matter": "wrong_data", "text": TEXT, **more})


def way_back(html: str) -> tuple[int, str]:
    found = re.search(r'small-digits">(\d+)<.*?nowrap">([a-z-]+)<', html, re.DOTALL)
    return int(found[1]), found[2]


def answered(case: int, text: str = "Proszę zapytać w przychodni.") -> None:
    letters.answer(case, text, by=people.User.objects.filter(k_number="K-417").first()
                   or people.consultant())  # fmt: skip


# --- from the account --------------------------------------------------------------------


def test_a_letter_opens_a_confirmed_case_and_the_answer_is_read_there(
    at_portal, holder, account, as_role
) -> None:
    html = write(at_portal(holder)).content.decode()
    assert "Your case is open" in html
    assert TEXT in html
    with as_role("owner"):
        case = Case.objects.get()
        assert (case.is_confirmed, case.level, case.account_id) == (True, 2, account.pk)
        assert case.unread
        assert TEXT not in Note.objects.get().text
        answered(case.number)
    client = at_portal(holder)
    assert "New answer" in client.get("/cases/").content.decode()
    html = client.get(f"/cases/{case.number}/").content.decode()
    assert "Proszę zapytać w przychodni." in html
    assert "Consultant K-417" in html
    assert "New answer" not in client.get("/cases/").content.decode()
    html = client.post(f"/cases/{case.number}/answer/", {"text": "Dziękuję."}, follow=True)
    assert "Dziękuję." in html.content.decode()
    with as_role("owner"):
        assert Message.objects.filter(case=case).count() == 3


def test_a_second_letter_in_the_matter_goes_into_the_open_case(at_portal, holder, as_role) -> None:
    client = at_portal(holder)
    write(client)
    assert "added to this case" in write(client, "Jeszcze jedno.").content.decode()
    assert "sent this already" in write(client, "Jeszcze jedno. ").content.decode()
    write(client, "Co innego.", "account_trouble")
    with as_role("owner"):
        assert Case.objects.count() == 2
        assert Message.objects.count() == 3


def test_a_pesel_is_cut_out_and_the_holder_is_told_kindly(at_portal, holder, as_role) -> None:
    html = write(at_portal(holder), f"Mój PESEL to {PESEL}.").content.decode()
    assert PESEL not in html
    assert "We cut it out: we never need it." in html
    with as_role("owner"):
        assert PESEL not in Message.objects.get().text
        assert Message.objects.get().cut == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_nothing_and_too_much_are_refused_with_words(at_portal, holder, account, text) -> None:
    case = case_of(account)
    client = at_portal(holder)
    assert client.post("/cases/write/", {"matter": "wrong_data", "text": text}).status_code == 200
    response = client.post(f"/cases/{case.number}/answer/", {"text": text}, follow=True)
    assert "Write something first" in response.content.decode()
    assert not Message.objects.exists()


def test_twenty_letters_a_day_are_enough(at_portal, holder, as_role) -> None:
    client = at_portal(holder)
    for number in range(letters.A_DAY):
        write(client, f"List {number}")
    assert "enough for today" in write(client, "Jeszcze").content.decode()


def test_nobody_writes_in_somebody_elses_case(at_portal, holder) -> None:
    other = case_of(people.account(given_names="Ewa"))
    response = at_portal(holder).post(f"/cases/{other.number}/answer/", {"text": "x"})
    assert response.status_code == 404
    assert not Message.objects.exists()


# --- the public form ---------------------------------------------------------------------


def test_who_cannot_log_in_writes_and_reads_the_answer(at_portal, database, as_role) -> None:
    html = form(at_portal()).content.decode()
    number, word = way_back(html)
    with as_role("owner"):
        case = Case.objects.get(number=number)
        assert (case.account_id, case.is_confirmed, case.level) == (None, False, 0)
        assert (case.opened_by_id, case.opened_by_name) == (None, "form")
        assert word.encode() not in bytes(Writer.objects.get().digest)
        assert Event.objects.get(what="case.opened").actor_kind == "anonymous"
        answered(number)
    client = at_portal()
    seen = client.post("/write/back/", {"number": str(number), "word": word.upper()})
    assert "Proszę zapytać w przychodni." in seen.content.decode()
    assert "no-store" in seen.headers["Cache-Control"]
    again = {"number": str(number), "word": word, "text": f"Dziękuję, {PESEL}"}
    html = client.post("/write/back/", again).content.decode()
    assert "Dziękuję" in html
    assert PESEL not in html
    assert "We cut it out" in html


def test_a_wrong_word_and_a_wrong_number_read_the_same_and_lock_nobody_out(
    at_portal, database, no_limits
) -> None:
    number, word = way_back(form(at_portal()).content.decode())
    client = at_portal()
    texts = set()
    for tried in (number, number + 1, 7):
        response = client.post("/write/back/", {"number": str(tried), "word": "bababa-bababa-baba"})
        assert response.status_code == 404
        html = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
        texts.add(html)
    assert len(texts) == 1
    for tried in (number, number + 1):
        codes = {client.post("/write/back/", {"number": str(tried), "word": "nie"}).status_code
                 for _ in range(12)}  # fmt: skip
        assert codes == {404}
    assert client.post("/write/back/", {"number": str(number), "word": word}).status_code == 200


def test_one_address_asks_for_the_way_back_so_many_times(at_portal, database) -> None:
    cache.clear()
    client = at_portal()
    codes = [client.post("/write/back/", {"number": "7", "word": "nie"}).status_code
             for _ in range(31)]  # fmt: skip
    assert codes == [404] * 30 + [429]


def test_with_an_identifier_the_case_stands_unconfirmed_in_that_account(
    at_portal, holder, account, as_role
) -> None:
    given = identifier.format(str(number_of(account)))
    number, word = way_back(form(at_portal(), identifier=given).content.decode())
    with as_role("owner"):
        case = Case.objects.get(number=number)
        assert (case.account_id, case.is_confirmed, case.level) == (account.pk, False, 1)
        answered(number)
    back = at_portal().post("/write/back/", {"number": str(number), "word": word}).content.decode()
    assert "Proszę zapytać" not in back
    assert TEXT not in back
    html = at_portal(holder).get(f"/cases/{number}/").content.decode()
    assert "Unconfirmed" in html
    assert "Proszę zapytać" in html
    assert "This was not me" in html


def test_an_identifier_that_is_nobodys_reads_the_same(at_portal, account, no_limits) -> None:
    def shape(given: str) -> str:
        html = form(at_portal(), identifier=given).content.decode()
        number, word = way_back(html)
        back = at_portal().post("/write/back/", {"number": str(number), "word": word})
        both = html + back.content.decode()
        both = re.sub(r'(csrfmiddlewaretoken" value=|datetime=)"[^"]+"', "", both)
        return re.sub(r"<time >[^<]*", "", both.replace(str(number), "N").replace(word, "W"))

    mine = str(number_of(account))
    nobodys = next(n for n in iter(identifier.generate, None) if n != mine)
    assert shape(mine) == shape(nobodys)


def test_what_the_holder_says_of_such_a_case_is_not_told_to_who_wrote(
    at_portal, holder, account, as_role, no_limits
) -> None:
    given = identifier.format(str(number_of(account)))
    number, word = way_back(form(at_portal(), identifier=given).content.decode())

    def back() -> str:
        html = at_portal().post("/write/back/", {"number": str(number), "word": word})
        return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", html.content.decode())

    at_portal(holder).post(f"/cases/{number}/not-me/", {})
    assert "Not mine" not in back()
    disowned = back()
    with as_role("owner"):
        Case.objects.filter(number=number).update(state="closed")
    assert back() == disowned


def test_a_pesel_as_identifier_is_refused_and_not_shown_again(at_portal, database) -> None:
    html = form(at_portal(), identifier=PESEL).content.decode()
    assert "That looks like a PESEL" in html
    assert PESEL not in html
    assert not Case.objects.exists()


def test_one_address_is_limited(at_portal, database) -> None:
    cache.clear()
    client = at_portal()
    codes = [form(client).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_all_addresses_together_are_limited(at_portal, database) -> None:
    cache.clear()
    client = at_portal()
    sent = {"matter": "wrong_data", "text": TEXT}
    codes = [client.post("/write/", sent, REMOTE_ADDR=f"10.0.0.{number}").status_code
             for number in range(31)]  # fmt: skip
    assert codes == [200] * 30 + [429]


def test_an_account_gets_three_such_cases_a_day(account, as_role) -> None:
    given = str(number_of(account))
    with as_role("portal"):
        for _ in range(public.AT_AN_ACCOUNT_A_DAY + 1):
            public.write("wrong_data", TEXT, language="pl", identifier=given)
    assert Case.objects.filter(account_id=account.pk).count() == public.AT_AN_ACCOUNT_A_DAY
    assert Case.objects.filter(account_id=None).count() == 1


def test_the_address_is_encrypted_told_without_content_and_gone_with_the_case(
    at_portal, database, as_role, settings, monkeypatch
) -> None:
    sent: list[tuple[str, str]] = []
    settings.EMAIL_HOST = "localhost"
    monkeypatch.setattr(mail, "_deliver", lambda to, subject, text: sent.append((to, text)) or True)
    number, word = way_back(form(at_portal(), address="jan@example.com").content.decode())
    with as_role("owner"):
        consultant = people.consultant()
        assert "jan" not in Writer.objects.get().sealed
    with as_role("desk"):
        letters.answer(number, "Odpowiedź.", by=consultant)
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'mail_writer'")
        assert [json.loads(args) for (args,) in cursor.fetchall()] == [{"case": number}]
    with as_role("worker"):
        assert mail.send_to_writer(number) == "sent"
    [(to, text)] = sent
    assert to == "jan@example.com"
    for secret in (word, str(number), "Odpowiedź", "recept"):
        assert secret not in text
    with as_role("owner"):
        Writer.objects.all().delete()  # as deleting its case does (CASCADE)
        assert mail.send_to_writer(number) == "gone"


def test_the_desk_reads_neither_the_word_nor_the_address(database, as_role) -> None:
    from django.db import DatabaseError, transaction

    with as_role("portal"):
        public.write("wrong_data", TEXT, language="pl", address="jan@example.com")
    with as_role("desk"):
        for column in ("digest", "sealed"):
            with pytest.raises(DatabaseError), transaction.atomic():
                list(Writer.objects.values_list(column))


def test_the_portal_cannot_confirm_what_came_by_the_form(database, as_role) -> None:
    from django.db import DatabaseError, transaction

    with as_role("portal"):
        for more in ({"is_confirmed": True, "level": 2}, {"level": 2}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Case(matter="wrong_data", opened_by=None, opened_by_name="form",
                     **more).save(force_insert=True)  # fmt: skip


def test_a_case_from_a_call_without_account_has_no_way_to_answer(database) -> None:
    consultant = people.consultant()
    case = Case.objects.create(matter="wrong_data", opened_by=consultant, opened_by_name="K-417")
    with pytest.raises(Conflict):
        letters.answer(case.number, "x", by=consultant)
    with pytest.raises(NotFound):
        public.come_back(case.number, "x")
    assert TooMany
