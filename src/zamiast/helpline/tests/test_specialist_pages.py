"""The specialist's screens: documents, accounts by letter, two people for each change."""

import datetime
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event
from zamiast.audit.services import machine, record
from zamiast.guardianship.models import Change, Freeze, Notice
from zamiast.guardianship.selectors import decide
from zamiast.helpline import casework
from zamiast.helpline.models import Case, CaseAccount, Document
from zamiast.helpline.tests.conftest import LONG_AGO
from zamiast.pure.access import Want
from zamiast.registry import selectors

PDF = b"%PDF-1.7\n%odpis orzeczenia\n"


@pytest.fixture(autouse=True)
def documents(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


def page(client, case, tail=""):
    return client.get(f"/specialist/{case.pk}/{tail}")


def send(client, case, tail, **values):
    return client.post(f"/specialist/{case.pk}/{tail}", values)


def letter_of(case, account):
    return CaseAccount.objects.get(case=case, account_id=account.pk).letter


def propose_taken_away(client, case, father, child):
    return send(
        client, case, "change/record_representation/", account=letter_of(case, child),
        person=letter_of(case, father), role="parent", authority="taken_away",
        court="Sąd Rejonowy w Lublinie", file_number="III Nsm 12/26", reason="Odpis orzeczenia.",
    )  # fmt: skip


def sees(person, account):
    return decide(person.pk, Want.SEE_ACCOUNT, account.pk).allowed


@pytest.fixture
def as_owner(as_role):
    """Numbers and facts are read as the owner of the tables; pages as the desk."""
    return lambda: as_role("owner")


def test_a_former_spouse_deprived_of_authority_loses_access_by_two(
    case, family, specialists, at_desk, as_owner
):
    mother, father, child = family
    numbers = str(selectors.current_identifier(child.pk).number)
    first = at_desk(specialists[0]).client
    assert page(first, case).status_code == 200
    assert send(first, case, "account/", number=numbers).status_code == 302
    assert send(first, case, "tied/", letter=letter_of(case, child)).status_code == 302
    assert propose_taken_away(first, case, father, child).status_code == 302
    change = Change.objects.get()
    assert (change.proposed_by_id, change.taken_by_id) == (specialists[0].pk, case.opened_by_id)
    assert sees(father, child)
    mine = send(first, case, f"decide/{change.pk}/", then="approve", reason="Sprawdzone.")
    assert "You proposed it. Another specialist decides." in mine.content.decode()
    second = at_desk(specialists[1]).client
    done = send(second, case, f"decide/{change.pk}/", then="approve", reason="Odpis się zgadza.")
    assert done.status_code == 302
    assert not sees(father, child)
    assert sees(mother, child)
    shown = page(second, case).content.decode()
    assert "does not see this account" in shown
    again = send(second, case, f"decide/{change.pk}/", then="approve", reason="Jeszcze raz.")
    assert "Somebody was faster" in again.content.decode()
    assert send(second, case, f"reverse/{change.pk}/", reason="Apelacja.").status_code == 302
    with as_owner():
        assert Notice.objects.filter(account_id=father.pk, what="lost", because="ruling").exists()


def test_every_look_is_an_event_and_no_name_stands_on_the_file(
    case, family, specialists, at_desk, as_owner
):
    child = family[2]
    number = str(selectors.current_identifier(child.pk).number)
    client = at_desk(specialists[0]).client
    page(client, case)
    send(client, case, "account/", number=number)
    shown = page(client, case).content.decode()
    assert "Zofia" not in shown
    assert number not in shown
    refused = send(client, case, "names/")
    assert "Add a document first" in refused.content.decode()
    add(client, case, PDF)
    assert "Zofia" in send(client, case, "names/").content.decode()
    with as_owner():
        events = set(Event.objects.filter(account_id=child.pk).values_list("what", flat=True))
        assert {"case.account_named", "case.read", "case.names_read"} <= events


def test_no_account_is_found_without_an_identifier(case, specialists, at_desk):
    client = at_desk(specialists[0]).client
    assert "twelve digits" in send(client, case, "account/", number="Nowak").content.decode()
    unknown = send(client, case, "account/", number="950120144439")
    assert unknown.status_code in (400, 404)


def test_numbers_in_vain_are_limited(case, specialists, at_desk, settings):
    from zamiast.pure import identifier

    settings.NOT_ACTIVE_PER_HOUR = 2
    client = at_desk(specialists[0]).client
    seen = [send(client, case, "account/", number=identifier.generate()) for _ in range(3)]
    assert [answer.status_code for answer in seen] == [404, 404, 429]


def add(client, case, content, name="wyrok.pdf"):
    sent = SimpleUploadedFile(name, content, "text/html")
    return client.post(f"/specialist/{case.pk}/document/", {"document": sent})


def test_a_document_is_saved_as_what_it_is_whatever_it_is_called(
    case, specialists, at_desk, documents
):
    client = at_desk(specialists[0]).client
    add(client, case, PDF + b"<script>alert(1)</script>", "wyrok.html")
    answer = page(client, case, f"document/{Document.objects.get().pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="wyrok.html.pdf"'


def test_a_document_is_kept_and_given_out_as_a_file_only(case, specialists, at_desk, documents):
    client = at_desk(specialists[0]).client
    assert add(client, case, PDF, "../../wyrok 44051401458.pdf").status_code == 302
    document = Document.objects.get()
    assert (document.kind, document.size) == ("pdf", len(PDF))
    assert "44051401458" not in document.name
    stored = [place for place in documents.rglob("*") if place.is_file()]
    assert [place.name for place in stored] == [document.pk.hex]
    assert stored[0].stat().st_mode & 0o777 == 0o600
    answer = page(client, case, f"document/{document.pk}/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    stored[0].write_bytes(b"%PDF-changed")
    assert page(client, case, f"document/{document.pk}/").status_code == 404


@pytest.mark.parametrize(
    "content", [b"<html><script>", b"MZ\x90", b"", b"%PDF-" + b"x" * 10 * 1024 * 1024]
)
def test_what_is_no_document_is_not_kept(case, specialists, at_desk, documents, content):
    client = at_desk(specialists[0]).client
    assert "Nothing was saved." in add(client, case, content).content.decode()
    assert not Document.objects.exists()
    assert not list(documents.rglob("*"))


def test_a_freeze_works_at_once_and_another_reviews_it(case, family, specialists, at_desk):
    _, father, child = family
    number = str(selectors.current_identifier(child.pk).number)
    first = at_desk(specialists[0]).client
    page(first, case)
    send(first, case, "account/", number=number)
    send(first, case, "tied/", letter=letter_of(case, child))
    page(first, case)
    assert sees(father, child)
    placed = send(first, case, "freeze/", account=letter_of(case, child),
                  person=letter_of(case, father), reason="Groźby, notatka z rozmowy.")  # fmt: skip
    assert placed.status_code == 302
    freeze = Freeze.objects.get()
    assert not sees(father, child)
    mine = send(first, case, f"freeze/{freeze.pk}/", then="lift", reason="Już dobrze.")
    assert "Another specialist reviews it." in mine.content.decode()
    second = at_desk(specialists[1]).client
    assert "review by" in second.get("/specialist/").content.decode()
    lifted = send(second, case, f"freeze/{freeze.pk}/", then="lift", reason="Nie ma podstaw.")
    assert lifted.status_code == 302
    assert sees(father, child)


def test_an_overdue_freeze_rises_to_the_supervisor_and_the_officer(
    case, family, specialists, supervisor, at_desk
):
    ago = timezone.now() - datetime.timedelta(days=4)
    Freeze.objects.create(
        account_id=family[2].pk, since=LONG_AGO, reason="Nagły przypadek.", source="case",
        case_number=case.pk, entered_by="K-301", placed_by=specialists[0], placed_at=ago,
        review_by=ago + Freeze.REVIEW_WITHIN,
    )  # fmt: skip
    officer = people.consultant("K-901", "dpo")
    for user, address in ((supervisor, "/supervisor/"), (officer, "/oversight/")):
        shown = at_desk(user).client.get(address).content.decode()
        assert "They do not end by themselves." in shown
        assert "K-301" in shown
        assert '<span class="numeric">1</span><span class="visually-hidden"> not' in shown
    assert "was not reviewed in 72 hours" in at_desk(supervisor).client.get("/").content.decode()
    calm = at_desk(specialists[1]).client.get("/specialist/").content.decode()
    assert "not reviewed in time" not in calm


def test_each_comes_in_at_the_own_door(specialists, supervisor, consultant, at_desk):
    officer = people.consultant("K-901", "dpo")
    assert at_desk(specialists[0]).client.get("/")["Location"] == "/specialist/"
    assert at_desk(specialists[0]).client.get("/cases/").status_code == 200
    assert at_desk(specialists[0]).client.post("/call/").status_code == 403
    assert at_desk(officer).client.get("/")["Location"] == "/oversight/"
    for user in (supervisor, consultant, officer):
        assert at_desk(user).client.get("/specialist/").status_code == 403


def test_who_took_the_call_is_refused(case, family, specialists, at_desk):
    Case.objects.filter(pk=case.pk).update(opened_by=specialists[0].pk)
    number = str(selectors.current_identifier(family[2].pk).number)
    client = at_desk(specialists[0]).client
    page(client, case)
    send(client, case, "account/", number=number)
    send(client, case, "tied/", letter=letter_of(case, family[2]))
    refused = propose_taken_away(client, case, family[1], family[2])
    assert "You took the call." in refused.content.decode()
    assert not Change.objects.exists()


def test_pages_are_cheap(case, family, specialists, at_desk, django_assert_max_num_queries):
    number = str(selectors.current_identifier(family[2].pk).number)
    client = at_desk(specialists[0]).client
    page(client, case)
    send(client, case, "account/", number=number)
    send(client, case, "tied/", letter=letter_of(case, family[2]))
    propose_taken_away(client, case, family[1], family[2])
    for address in ("/specialist/", f"/specialist/{case.pk}/"):
        with django_assert_max_num_queries(15) as seen:  # four of them: ask, commit, answer
            assert client.get(address).status_code == 200
        print(address, len(seen))


def test_of_two_who_decide_at_once_one_wins(case, family, specialists, at_desk):
    change = Change.objects.create(
        case_number=case.pk, account_id=family[2].pk, person_id=family[1].pk,
        kind="correct_link", reason="Pomyłka.", taken_by=case.opened_by,
        proposed_by=people.consultant("K-303", "specialist"),
    )  # fmt: skip
    number = str(selectors.current_identifier(family[2].pk).number)
    first = at_desk(specialists[0]).client
    send(first, case, "account/", number=number)
    other = Client()
    other.cookies["language"] = "en"
    other.force_login(specialists[1])
    barrier, answers = threading.Barrier(2), []

    def decide_now(client, then):
        try:
            barrier.wait(10)
            answer = send(client, case, f"decide/{change.pk}/", then=then, reason="Sprawdzone.")
            answers.append((answer.status_code, answer.content.decode()))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide_now, args=args)
        for args in ((first, "approve"), (other, "refuse"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(status for status, _ in answers) == [302, 409]
    assert sum("Somebody was faster" in text for _, text in answers) == 1


def test_the_queue_has_the_matters_with_documents_only(case, specialists, at_desk, consultant):
    Case.objects.create(matter="e_services", opened_by=consultant, opened_by_name="K-417")
    assert list(casework.queue()) == [case]
    assert (
        f"/specialist/{case.pk}/"
        in at_desk(specialists[0]).client.get("/specialist/").content.decode()
    )


def test_the_officer_sees_whether_holders_see_everything(database, at_desk, as_role, monkeypatch):
    client = at_desk(people.consultant("K-901", "dpo")).client

    def shown():
        return client.get("/oversight/").content.decode()

    def ended(outcome):
        with as_role("worker"):
            record("log.view_proved", by=machine("prove_view_complete"), outcome=outcome)

    assert "not compared yet" in shown()
    ended("complete")
    assert "nothing is missing" in shown()
    ended("incomplete")
    assert "lines are missing" in shown()
    monkeypatch.setattr("zamiast.audit.proof.FRESH_FOR", datetime.timedelta(0))
    assert "no comparison lately" in shown()
