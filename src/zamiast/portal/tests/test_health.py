"""The health pages: what is shown, to whom, and how a wrong entry is reported."""

import io
import json
import re
from copy import deepcopy

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from zamiast.audit.models import Look
from zamiast.audit.services import Actor, machine
from zamiast.guardianship.grants import open_grants
from zamiast.helpline.models import Case
from zamiast.portal import health_selectors
from zamiast.portal.health.competence import of
from zamiast.pure.access import Want
from zamiast.records import receiving, selectors
from zamiast.records.fhir.importing import ENTRIES
from zamiast.records.fhir.reader import Found, Place
from zamiast.records.models import Dispute, Entry
from zamiast.records.tests.resources import EXAMPLES, KEY
from zamiast.registry.models import SourceRecord
from zamiast.registry.tests.parallel import at_once

BY = machine("test")


def bring(account, *kinds, source="test", **more):
    """Entries of an account, taken apart and written as an import does."""
    SourceRecord.objects.get_or_create(
        system=f"{source}/Patient", value="p1", defaults={"person": account.person}
    )
    rows = []
    for kind in kinds or EXAMPLES:
        raw = json.dumps({**deepcopy(EXAMPLES[kind]), **more}).encode()
        rows.append(ENTRIES[kind](Found(Place("x", 1), kind, json.loads(raw)["id"], raw), source))
    receiving.receive(rows, source, by=BY)


@pytest.fixture
def pk(as_role):
    """``pk(kind)``: the number of the entry of that kind, as the owner sees it."""

    def find(kind):
        with as_role("owner"):
            return Entry.objects.get(kind=kind).pk

    return find


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_everything_is_shown_the_newest_first(at_portal, holder, account):
    bring(account)
    page = text(at_portal(holder).get("/health/"))
    assert page.index("Kardiolog") < page.index("Ramipryl 5 mg") < page.index("Umowa o pracę")
    assert "lowers blood pressure" in page
    assert "May 2019" in page  # known to the month only: no day is made up
    assert "Partly collected" in page
    assert "valid until 2 October 2027" in page
    years = re.findall(r'<h2 class="year"[^>]*>(\d+)<', page)
    assert years == ["2026", "2025", "2020", "2019", "2014"]
    assert page.count('class="way"') == 10  # what was collected, and the cost, stand with theirs


def test_each_look_at_the_records_is_an_event_first(at_portal, holder, account):
    bring(account)
    at_portal(holder).get("/health/")
    event = Look.objects.get(what="access.opened")
    assert event.account_id == account.pk
    assert set(event.fields.split(",")) == {
        "see_prescriptions", "see_referrals", "see_documentation", "see_account"}  # fmt: skip


def test_a_prescription_shows_how_to_take_it_and_its_key_as_qr(at_portal, holder, account, pk):
    bring(account)
    page = text(at_portal(holder).get(f"/health/entry/{pk('MedicationRequest')}/"))
    for words in ("1 tabletka rano", "60 tabl.", "2 October 2027", "0417", "1234 5678",
                  "3 October 2026, 09:12: 30, Apteka pod Lwem"):  # fmt: skip
        assert words in page
    assert "<svg" in page
    assert KEY not in page.split("Everything as it was sent")[1]


def test_a_visit_shows_who_paid_and_how_much(at_portal, holder, account, pk):
    bring(account)
    page = text(at_portal(holder).get(f"/health/entry/{pk('Encounter')}/"))
    assert "87.50 zł" in page
    assert "NFZ" in page
    assert "Elektrokardiogram" in page


def test_a_code_that_we_do_not_know_is_said_to_be_unknown(at_portal, holder, account, pk):
    bring(account)
    page = text(at_portal(holder).get(f"/health/entry/{pk('ServiceRequest')}/"))
    assert "SNOMED CT: 394579002" in page
    assert "We have no plain words for this code." in page


@pytest.mark.parametrize("name", ["prescriptions", "visits", "insurance"])
def test_each_section_has_its_page_and_its_paper(at_portal, holder, account, name, pk):
    bring(account)
    client = at_portal(holder)
    assert client.get(f"/health/{name}/").status_code == 200
    assert client.get(f"/health/{name}.pdf").content.startswith(b"%PDF")
    assert client.get(f"/health/entry/{pk('MedicationRequest')}.pdf").content.startswith(b"%PDF")


def test_everything_on_one_paper(at_portal, holder, account):
    bring(account)
    client = at_portal(holder)
    assert "/health/everything.pdf" in text(client.get("/health/"))
    read = PdfReader(io.BytesIO(client.get("/health/everything.pdf").content))
    words = " ".join(page.extract_text() for page in read.pages)
    for said in ("Ramipryl", "Kardiolog", "Umowa o pracę", "Nadciśnienie", "as it was on"):
        assert said in words


def test_words_find_entries_in_any_form(at_portal, holder, account):
    bring(account)
    client = at_portal(holder)
    page = text(client.post("/health/", {"words": "nadciśnienia"}))
    assert "1 entry found" in page
    assert "Nadciśnienie samoistne" in page
    assert "Nothing was found" in text(client.post("/health/", {"words": "złamanie"}))


def test_somebody_elses_entry_is_not_there(at_portal, holder, account, pk):
    from tests import people

    other = people.account(given_names="Ewa")
    bring(other, "Encounter")
    client = at_portal(holder)
    assert client.get(f"/health/entry/{pk('Encounter')}/").status_code == 404
    assert client.get(f"/health/entry/{pk('Encounter')}.pdf").status_code == 404
    assert client.get(f"/health/entry/{10**30}/").status_code == 404


def test_a_grant_opens_what_it_is_for_and_no_more(database, account, pk):
    bring(account)
    by = Actor("holder", "login-1")
    grants = open_grants(actor=account.pk, account=account.pk, wants=(Want.SEE_REFERRALS,), by=by)
    assert {one.kind for one in selectors.entries(grants)} == {"ServiceRequest"}
    with pytest.raises(Exception, match=r"web\.not_found"):
        selectors.entry(grants, pk("Encounter"))
    with pytest.raises(Exception, match=r"records\.no_grant"):
        selectors.entries([])


def test_a_parent_sees_the_childs_prescription(at_portal, holder, account, pk):
    from tests import people

    from zamiast.guardianship.tests import family

    child = people.account(given_names="Zofia", birth_date=family.years_ago(8))
    family.parent(account.pk, child.pk)
    family.insured(child.pk, account.pk)
    bring(child, "MedicationRequest")
    client = at_portal(holder)
    client.post("/access/switch/", {"chosen": child.pk})
    page = text(client.get(f"/health/entry/{pk('MedicationRequest')}/"))
    assert "You act for" in page
    assert "Ramipryl" in page
    client.post("/access/back/")
    assert client.get(f"/health/entry/{pk('MedicationRequest')}/").status_code == 404


def test_who_sees_a_part_only_is_told_so(at_portal, holder, account, pk):
    from tests import people

    from zamiast.guardianship import models
    from zamiast.guardianship.tests import family
    from zamiast.registry import services

    jan = people.account(given_names="Jan", birth_date=family.years_ago(80))
    services.mark_used(jan.pk, by=BY)
    family.row(models.Authorisation, jan.pk, to_id=account.pk, by_id=jan.pk,
               scope="account_data", given_on=family.years_ago(1), since=family.years_ago(1),
               source="holder")  # fmt: skip
    bring(jan)
    client = at_portal(holder)
    client.post("/access/switch/", {"chosen": jan.pk})
    page = text(client.get("/health/"))
    assert "You do not see everything in this account." in page
    assert "Ramipryl" in page
    assert "Karta informacyjna" not in page
    assert client.get("/health/documents/").status_code == 404
    assert client.get(f"/health/entry/{pk('DocumentReference')}.pdf").status_code == 404
    client.post("/access/back/")
    assert "You do not see everything" not in text(client.get("/health/"))


def report(client, number, **more):
    values = {"kind": "prescription", "words": "To nie moje", "understood": "on", **more}
    return client.post(f"/health/entry/{number}/report/", values, follow=True)


def test_a_wrong_entry_is_reported_marked_and_answered(at_portal, holder, account, pk):
    bring(account, "MedicationRequest", "Encounter")
    number = pk("MedicationRequest")
    client = at_portal(holder)
    form = text(client.get(f"/health/entry/{number}/report/"))
    assert "The facility will learn who reported it." in form
    assert "Show this at the pharmacy" in text(client.get(f"/health/entry/{number}/"))
    assert client.get("/app/kept/?prescriptions").json()["prescriptions"]
    assert "National Health Fund" in form
    assert "You reported this entry" in text(report(client, number))
    case = Case.objects.only("number", "matter", "level", "is_confirmed").get()
    assert (case.matter, case.level, case.is_confirmed) == ("strange_prescription", 2, True)
    again = report(client, number)
    assert again.redirect_chain[-1][0] == f"/cases/{case.number}/"
    assert "You reported this entry" in text(client.get("/health/"))
    assert "Show this at the pharmacy" not in text(client.get(f"/health/entry/{number}/"))
    assert client.get("/app/kept/?prescriptions").json()["prescriptions"] == []
    assert report(client, pk("Encounter"), kind="service").status_code == 200
    at_portal()
    assert Case.objects.only("number").count() == 2


def test_two_clicks_report_once_and_no_page_of_an_error_comes(
    at_portal, holder, account, as_role, pk
):
    bring(account)
    number, client = pk("MedicationRequest"), at_portal(holder)

    def click(_):
        browser = Client()
        browser.cookies.update(client.cookies)
        values = {"kind": "prescription", "understood": "on"}
        return browser.post(f"/health/entry/{number}/report/", values).status_code

    assert at_once(4, click) == [302] * 4
    with as_role("owner"):
        assert Dispute.objects.count() == Case.objects.count() == 1


def test_the_authors_change_ends_the_report_visibly(at_portal, holder, account, as_role, pk):
    bring(account, "MedicationRequest")
    number = pk("MedicationRequest")
    client = at_portal(holder)
    report(client, number)
    with as_role("owner"):
        bring(account, "MedicationRequest", status="entered-in-error")
        assert Dispute.objects.get().ended_because == "changed"
    page = text(client.get(f"/health/entry/{number}/"))
    assert "Changed after you reported it" in page
    assert "Withdrawn by the facility" in page
    assert "What it said before" in page


def test_who_is_competent_depends_on_the_entry(database, account):
    bring(account)
    translation.activate("en")
    at = {one.kind: one for one in Entry.objects.all()}
    assert "NFZ" in of(at["Encounter"], is_private=False)[1].who
    assert "facility" in of(at["Encounter"], is_private=True)[1].who
    assert "CeZ" in of(at["Encounter"], is_private=False)[2].who
    assert all("facility" in one.who for one in of(at["Immunization"], is_private=False))
    assert health_selectors.A_PAGE > 0
