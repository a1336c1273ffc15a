"""“Access”: what is open, acting for somebody, giving and ending, and why a child is missing."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import people

from zamiast.audit.models import Event
from zamiast.audit.services import Actor, Purpose, record
from zamiast.guardianship import models, services
from zamiast.guardianship.tests import family as made
from zamiast.helpline.models import Case, Note
from zamiast.portal.models import Link
from zamiast.portal.tests.conftest import person

MOST_STATEMENTS = 15  # among them: is somebody asked just now; how the proof ended; the event's key
PESEL = "44051401458"


def switched(client, account):
    return client.post("/access/switch/", {"chosen": account})


def text(response) -> str:
    return response.content.decode()


def test_the_list_says_whose_why_and_until_when(at_portal, home) -> None:
    _, maria, _ = home
    html = text(at_portal(maria).get("/access/"))
    assert "Zofia Nowak" in html
    assert "You registered this child for health insurance" in html
    assert "so you see the account until" in html
    assert "Add the second guardian" in html


def test_authority_alone_opens_no_account_and_says_why(at_portal, home) -> None:
    ours, _, piotr = home
    client = at_portal(piotr)
    html = text(client.get("/access/"))
    assert "information about health" in html
    assert "Open this account" not in html
    refused = switched(client, ours.child)
    assert refused.status_code == 403
    assert "The other parent" in text(refused) or "registered" in text(refused)


@pytest.mark.parametrize("account", [0, 987_654, "x", ""])
def test_a_strangers_account_reads_like_none(at_portal, home, account) -> None:
    _, maria, _ = home
    client = at_portal(maria)
    answer = switched(client, account)
    assert answer.status_code in {302, 403}
    assert "acting" not in client.session
    stranger = switched(client, home[0].father)
    missing = switched(client, 987_654)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')
    assert strip.sub("", text(stranger)) == strip.sub("", text(missing))


def test_acting_shows_the_childs_pages_under_a_banner(at_portal, home, as_role) -> None:
    ours, maria, _ = home
    client = at_portal(maria)
    assert switched(client, ours.child).headers["Location"] == "/identifier/"
    for address in ("/identifier/", "/who-looked/", "/cases/", "/help/"):
        html = text(client.get(address))
        assert 'class="acting"' in html
        assert "Zofia Nowak" in html
    assert made.number(ours.child)[:3] in text(client.get("/identifier/"))
    with as_role("owner"):
        event = Event.objects.filter(what="access.opened", account_id=ours.child).latest("id")
        assert (event.actor, event.outcome) == (f"other-{ours.mother}", "done")
        assert event.on_behalf_of == f"account {ours.child}"
    client.post("/access/back/")
    assert 'class="acting"' not in text(client.get("/identifier/"))


def test_pages_about_oneself_wait_until_one_is_back(at_portal, home) -> None:
    ours, maria, _ = home
    client = at_portal(maria)
    switched(client, ours.child)
    for address in ("/access/", "/access/granted/", "/access/authorise/"):
        answer = client.get(address)
        assert answer.status_code == 409
        assert "You act for Zofia Nowak now." in text(answer)


def test_a_guardian_replaces_the_childs_leaked_identifier(at_portal, home, as_role) -> None:
    ours, maria, _ = home
    old = made.number(ours.child)
    client = at_portal(maria)
    switched(client, ours.child)
    client.post("/identifier/replace/", {"seen": old})
    with as_role("owner"):
        assert made.number(ours.child) != old
        event = Event.objects.get(what="identifier.replaced", account_id=ours.child)
        assert event.actor == f"other-{ours.mother}"


@pytest.mark.parametrize("how", ["freeze", "insurance", "birthday"])
def test_what_closes_the_account_ends_acting_at_once(at_portal, home, as_role, how) -> None:
    ours, maria, _ = home
    client = at_portal(maria)
    switched(client, ours.child)
    with as_role("owner"):
        if how == "freeze":
            who = made.specialist("K-900")
            services.freeze(account=ours.child, person=ours.mother, case_number=1, reason="x",
                            by=who, session=made.showed_now(who))  # fmt: skip
        elif how == "insurance":
            models.Insurance.objects.filter(account=ours.child).end(by="test", because="other")
        else:
            born = made.TODAY.replace(year=made.TODAY.year - 18)
            people.Person.objects.filter(account=ours.child).update(birth_date=born)
    at_portal(maria)
    over = client.get("/who-looked/")
    assert over.status_code == 403
    assert "This account is no longer open to you" in text(over)
    assert "acting" not in client.session
    assert client.get("/who-looked/").status_code == 200


def test_an_authorised_adult_reads_and_changes_nothing(at_portal, database) -> None:
    ewa, friend = person("ewa")
    _, anna = person("anna")
    day = made.years_ago(1)
    made.row(models.Authorisation, anna, to_id=friend, by_id=anna, scope="account_data",
             given_on=day, since=day)  # fmt: skip
    client = at_portal(ewa)
    assert switched(client, anna).headers["Location"] == "/identifier/"
    html = text(client.get("/identifier/"))
    assert "Get a new one" not in html
    refused = client.post("/identifier/suspend/")
    assert refused.status_code == 403
    assert "acting" in client.session
    assert client.get("/identifier/").status_code == 200


def test_the_holder_sees_by_name_who_looked(at_portal, database) -> None:
    maria, mother = person("maria")
    teen = people.holder("ola", given_names="Ola", birth_date=made.years_ago(17, -30))
    account = Link.objects.get(user=teen).account_id
    made.parent(mother, account)
    made.insured(account, mother)
    client = at_portal(maria)
    switched(client, account)
    client = at_portal(teen)
    assert "Maria Nowak" in text(client.get("/access/"))
    html = text(client.get("/who-looked/"))
    assert "Maria Nowak" in html
    assert "Looked at this account." in html


def test_at_17_the_list_is_shorter(at_portal, database) -> None:
    teen = people.holder("ola", given_names="Ola", birth_date=made.years_ago(17, -30))
    client = at_portal(teen)
    html = text(client.get("/identifier/"))
    assert "Until you are 18 it has fewer functions" in html
    access = text(client.get("/access/"))
    assert "/access/authorise/" not in access
    assert "If you are not safe with them, tell us." in access
    refused = client.get("/access/authorise/")
    assert refused.status_code == 403
    assert "18" in text(refused)


def test_below_16_the_own_account_is_explained(at_portal, database) -> None:
    child = people.holder("jas", given_names="Jaś", birth_date=made.years_ago(12))
    answer = at_portal(child).get("/identifier/")
    assert answer.status_code == 403
    assert "16" in text(answer)


def test_a_birth_date_that_nobody_knows_shuts_nobody_out(at_portal, database) -> None:
    user = people.holder("bez", birth_date=None, birth_partial="1951")
    assert at_portal(user).get("/identifier/").status_code == 200


def code_in(html: str) -> str:
    return "".join(re.findall(r"<span>(\d{2})</span>", html))


def test_second_parent_added_accepted_withdrawn(at_portal, home) -> None:
    ours, maria, piotr = home
    number = made.number(ours.father)
    client = at_portal(maria)
    shown = client.post(f"/access/invite/{ours.child}/", {"number": number})
    code = code_in(text(shown))
    assert len(code) == 8
    other = at_portal(piotr)
    assert "Open this account" not in text(other.get("/access/"))
    other.post("/access/invitation/", {"code": code, "accept": ""})
    html = text(other.get("/access/"))
    assert "The other guardian added you" in html
    assert "Something changed about access" in html
    other.post("/access/read/")
    assert "Something changed" not in text(other.get("/access/"))
    client = at_portal(maria)
    assert "Piotr Nowak" in text(client.get("/access/granted/"))
    client.post("/access/granted/withdraw/", {"chosen": ours.child, "person": ours.father})
    assert "You gave nothing" in text(client.get("/access/granted/"))
    html = text(at_portal(piotr).get("/access/"))
    assert "The person who gave you this access took it back." in html


def test_every_number_gets_the_same_page(at_portal, home) -> None:
    ours, maria, _ = home
    numbers = [made.number(ours.father), made.number(ours.child), "950120144483"]
    client = at_portal(maria)
    pages = []
    for number in numbers:
        html = text(client.post(f"/access/invite/{ours.child}/", {"number": number}))
        pages.append(re.sub(r'<span>\d{2}</span>|value="[^"]{60,}"|\d\d:\d\d', "", html))
    assert len(set(pages)) == 1


def test_a_pesel_is_met_kindly_and_kept_nowhere(at_portal, home) -> None:
    ours, maria, _ = home
    client = at_portal(maria)
    for address in (f"/access/invite/{ours.child}/", "/access/authorise/"):
        answer = client.post(address, {"number": PESEL})
        assert answer.status_code == 422
        assert "That looks like a PESEL." in text(answer)
        assert PESEL not in text(answer)


def test_nobody_invites_to_an_account_that_is_not_open(at_portal, home) -> None:
    ours, _, piotr = home
    client = at_portal(piotr)
    for account in (ours.child, 987_654):
        assert client.get(f"/access/invite/{account}/").status_code == 403
    assert not models.Invitation.objects.exists()


def test_authorise_and_revoke(at_portal, database) -> None:
    ewa, friend = person("ewa")
    anna, account = person("anna")
    client = at_portal(anna)
    shown = client.post("/access/authorise/", {"number": made.number(friend),
                        "scope": "documentation", "until": made.days(30).isoformat()})  # fmt: skip
    code = code_in(text(shown))
    other = at_portal(ewa)
    other.post("/access/invitation/", {"code": code, "accept": ""})
    html = text(other.get("/access/"))
    assert "medical documentation" in html
    assert "Open this account" not in html
    client = at_portal(anna)
    html = text(client.get("/access/granted/"))
    assert "Ewa Nowak" in html
    client.post("/access/granted/end-all/")
    assert "No other account is open to you." in text(at_portal(ewa).get("/access/"))
    assert models.Authorisation.objects.get().until == made.days(31)
    assert account == models.Authorisation.objects.get().account_id


def test_a_wrong_code_opens_nothing(at_portal, home) -> None:
    _, _, piotr = home
    answer = at_portal(piotr).post("/access/invitation/", {"code": "12345678", "accept": ""})
    assert answer.status_code == 422
    assert "This code does not fit" in text(answer)
    assert "12345678" not in text(answer)


ANSWERS = {
    "age": "under_16", "relation": "parent", "insurer": "me", "registered": "", "job": "no",
    "title": "none",
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"registered": made.days(-1).isoformat()}, "It shows in the account on"),
        ({}, "should be visible"),
        ({"insurer": "other_parent"}, "registered by somebody else"),
        ({"insurer": "nobody"}, "registration"),
        ({"job": "yes"}, "job"),
        ({"title": "now"}, "of its own"),
        ({"relation": "other"}, "represent"),
        ({"relation": "foster"}, "foster"),
        ({"age": "adult"}, "18"),
        ({"relation": "taken_away"}, "court"),
    ],
)
def test_answers_alone_are_explained(at_portal, home, more, said) -> None:
    stranger, _ = person("obcy")
    html = text(at_portal(stranger).post("/access/missing/", {**ANSWERS, **more}))
    assert "By your answers" in html
    answer = html.split('id="answer"')[1].split("</section>")[0]
    assert "Zofia" not in html
    assert len(answer) > 300
    assert said.split()[0]


def test_a_case_is_opened_with_everything_filled_in(at_portal, home, as_role) -> None:
    stranger, account = person("obcy")
    client = at_portal(stranger)
    answer = client.post("/access/missing/case/", {**ANSWERS, "divorced": "on"})
    with as_role("owner"):
        case = Case.objects.get(account_id=account)
        assert (case.matter, case.level, case.is_confirmed) == ("child_account", 2, True)
        assert "drugi rodzic" not in Note.objects.get(case=case).text
        assert "po rozwodzie" in Note.objects.get(case=case).text
    client = at_portal(stranger)
    assert answer.headers["Location"] == f"/cases/{case.number}/"
    assert "From this account" in text(client.get(f"/cases/{case.number}/"))
    client.post("/access/missing/case/", ANSWERS)
    assert "already" in text(client.get("/cases/"))


def test_a_tie_is_explained_from_facts(at_portal, home, as_role) -> None:
    ours, _, piotr = home
    client = at_portal(piotr)
    html = text(client.get("/access/missing/"))
    assert "Zofia Nowak" in html
    assert "second guardian" in html
    client.post("/access/missing/case/", {"chosen": ours.child})
    with as_role("owner"):
        assert f"konta nr {ours.child}" in Note.objects.get().text


def test_divorce_alone_changes_nothing_and_leads_to_a_case(at_portal, home, as_role) -> None:
    _, maria, _ = home
    client = at_portal(maria)
    assert "takes nobody's access away" in text(client.get("/access/divorce/")).replace(
        "&#x27;", "'"
    )
    client.post("/access/divorce/case/")
    with as_role("owner"):
        assert Case.objects.get().matter == "after_divorce"


@pytest.mark.parametrize(
    "address", ["/access/", "/access/missing/", "/access/granted/", "/access/authorise/",
                "/access/invitation/", "/access/divorce/", "/identifier/"],
)  # fmt: skip
def test_few_statements_make_a_page(at_portal, home, address) -> None:
    ours, maria, _ = home
    for number in range(4):
        one = made.child(f"Dziecko{number}")
        made.parent(ours.mother, one)
        made.insured(one, ours.mother)
    client = at_portal(maria)
    client.get("/identifier/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= MOST_STATEMENTS, [query["sql"] for query in asked]


@pytest.mark.parametrize("address", ["/identifier/", "/who-looked/", "/cases/"])
def test_few_statements_while_acting(at_portal, home, address) -> None:
    ours, maria, _ = home
    client = at_portal(maria)
    switched(client, ours.child)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    moves = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    statements = [query["sql"] for query in asked if not query["sql"].startswith(moves)]
    assert len(statements) <= MOST_STATEMENTS, statements


def test_a_guardian_learns_nothing_about_the_other_one(at_portal, home, as_role) -> None:
    ours, maria, _piotr = home
    with as_role("owner"):
        child = ours.child
        staff = Actor("staff", "K-417")
        for by in (Actor("holder", f"other-{ours.father}"), Actor("holder", "other-999999")):
            record("access.opened", by=by, account=child)
        record("access.frozen", by=staff, account=child, purpose=Purpose(case=7))
        record("document.read", by=staff, account=child, purpose=Purpose(matter="child_account"))
        record("case.read", by=staff, account=child, purpose=Purpose(matter="after_divorce"))
        record("case.read", by=staff, account=child, purpose=Purpose(matter="wrong_data"))
        consultant = people.consultant("K-200")
        cases = [
            Case.objects.create(account_id=child, matter=matter, level=1, opened_by=consultant,
                                opened_by_name="K-200")
            for matter in ("after_divorce", "wrong_data")
        ]  # fmt: skip
    client = at_portal(maria)
    switched(client, child)
    html = text(client.get("/who-looked/"))
    assert "never shown here" in html
    assert html.count("<strong>Read a case.</strong>") == 1
    assert "Another person" not in html
    for hidden in ("Stopped the access", "After a divorce", "document"):
        assert hidden not in html
    lines = client.get("/who-looked/looks.json").json()
    assert {line["who"] for line in lines} <= {"You", "Consultant K-417, helpline",
                                              "The operator of this service"}  # fmt: skip
    assert client.get(f"/cases/{cases[0].number}/").status_code == 404
    assert client.get(f"/cases/{cases[1].number}/").status_code == 200
    assert "After a divorce" not in text(client.get("/cases/")).split("<main")[1]
