"""Documents of ordinary cases: for whoever has the case, and nobody else at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import people

from zamiast.helpline.models import Case, Document

PDF = b"%PDF-1.7\n1 0 obj << >> endobj"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


@pytest.fixture
def colleague(consultant):
    return people.consultant("K-418")


def a_case(user, **more):
    return Case.objects.create(**{
        "matter": "account_trouble", "account_id": people.account().pk, "opened_by": user,
        "opened_by_name": user.k_number, "owner": user, "owner_name": user.k_number, **more,
    })  # fmt: skip


def add(desk, case, content=PDF, name="zrzut.pdf"):
    sent = SimpleUploadedFile(name, content, "text/html")
    return desk.client.post(f"/case/{case.pk}/document/", {"document": sent})


@pytest.fixture
def events(connect):
    """``events(case)``: what was done with its documents, read beside the desk's role."""

    def read(case, table="audit_event"):
        columns = "actor, what, outcome" if table == "audit_event" else "account_id, what"
        sql = f"SELECT {columns} FROM {table} WHERE case_number = %s AND what LIKE %s ORDER BY at"
        return connect("owner").execute(sql, [case.pk, "%document%"]).fetchall()

    return read


def test_who_has_the_case_adds_and_opens_and_the_holder_sees_it(
    consultant, at_desk, folder, events
):
    case = a_case(consultant)
    desk = at_desk(consultant)
    assert add(desk, case, name="../../ekran 44051401458.pdf").status_code == 302
    document = Document.objects.get()
    assert "44051401458" not in document.name
    assert [one.name for one in folder.rglob("*") if one.is_file()] == [document.pk.hex]
    page = desk.client.get(f"/case/{case.pk}/").content.decode()
    address = f"/case/{case.pk}/document/{document.pk}/"
    assert f'href="{address}" download' in page
    answer = desk.client.get(address)
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert events(case) == [
        ("K-417", "case.document_added", "done"), ("K-417", "case.document_read", "done"),
    ]  # fmt: skip
    assert events(case, "audit_look")[-1] == (case.account_id, "case.document_read")


def test_a_colleague_sees_that_it_is_there_and_opens_it_after_taking_the_case(
    consultant, colleague, at_desk, events
):
    case = a_case(consultant)
    add(at_desk(consultant), case)
    address = f"/case/{case.pk}/document/{Document.objects.get().pk}/"
    desk = at_desk(colleague)
    page = desk.client.get(f"/case/{case.pk}/").content.decode()
    assert "zrzut.pdf" in page
    assert address not in page
    assert "Take the case to open them." in page
    refused = desk.client.get(address)
    assert refused.status_code == 403
    assert "Take the case first" in refused.content.decode()
    assert add(desk, case).status_code == 403
    assert events(case)[-1] == ("K-418", "case.document_read", "refused")
    desk.client.post(f"/case/{case.pk}/do/take/")
    assert desk.client.get(address).content == PDF
    assert at_desk(consultant).client.get(address).status_code == 403


def test_what_specialists_decide_on_stays_with_them(consultant, specialists, at_desk, events):
    case = a_case(consultant, matter="after_divorce")
    sent = SimpleUploadedFile("wyrok.pdf", PDF)
    at_desk(specialists[0]).client.post(f"/specialist/{case.pk}/document/", {"document": sent})
    desk = at_desk(consultant)
    page = desk.client.get(f"/case/{case.pk}/").content.decode()
    assert "Only specialists open the documents" in page
    address = f"/case/{case.pk}/document/{Document.objects.get().pk}/"
    assert desk.client.get(address).status_code == 403
    assert add(desk, case).status_code == 403
    assert events(case)[-1] == ("K-417", "document.read", "refused")


def test_what_cannot_be_kept_is_said_on_the_page(consultant, at_desk, folder):
    case, over = a_case(consultant), a_case(consultant, state="closed")
    desk = at_desk(consultant)
    assert "Only PDF, JPEG and PNG" in add(desk, case, b"<html>").content.decode()
    assert desk.client.post(f"/case/{case.pk}/document/").status_code == 400
    large = add(desk, case, b"%PDF-" + b"x" * 10 * 1024 * 1024)
    assert "larger than 10 MB" in large.content.decode()
    assert add(desk, over).status_code == 409
    assert not Document.objects.exists()
    assert not list(folder.rglob("*"))


def test_a_document_belongs_to_its_case(consultant, at_desk):
    case, other = a_case(consultant), a_case(consultant)
    desk = at_desk(consultant)
    add(desk, case)
    document = Document.objects.get().pk
    assert desk.client.get(f"/case/{other.pk}/document/{document}/").status_code == 404
