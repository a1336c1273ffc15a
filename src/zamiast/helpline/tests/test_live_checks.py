"""Matters 7 to 10 in a confirmed call: what the register says, and never more than level 2."""

import html
import re

import pytest
from django.utils import timezone

from zamiast.audit.models import Event
from zamiast.guardianship.models import AccessGrant, Freeze, ProtectedAddress
from zamiast.guardianship.tests import family as made
from zamiast.helpline.scripts import live, spoken
from zamiast.helpline.scripts.models import ScriptRun
from zamiast.pure.access.question import Want
from zamiast.pure.access.rule import RULES
from zamiast.pure.access.words import words
from zamiast.records import covid
from zamiast.records.fhir.importing import Import
from zamiast.records.models import Entry
from zamiast.records.tests import samples
from zamiast.records.tests.resources import EXAMPLES
from zamiast.registry.models import SourceRecord

FIELD = "access_reasons"
MORE = {language: spoken.more(language) for language in ("pl", "en", "uk")}
CHILD = ("child_account", ("relation=parent", "age=under_16", "insurer=nobody", "title=none",
                           "authority=full"))  # fmt: skip


@pytest.fixture
def mother(caller, as_role):
    """The caller, who has used the account, and a child of theirs."""
    with as_role("owner"):
        made.registry.mark_used(caller.pk, by=made.OPERATOR)
        child = made.child()
        made.parent(caller.pk, child)
    return caller.pk, child


@pytest.fixture
def confirmed(ends):
    """``confirmed(matter, answers)``: the script answered in a confirmed call, at its outcome."""

    def begin(matter, answers, field=("name", FIELD)):
        assert ends.type(ends.ask(matter, field)) == "confirmed"
        ends.desk.step(language="en") if ends.desk.begin(matter, *answers) else None
        return ends

    return begin


def look(ends):
    """The outcome after the register was asked, as text."""
    return said(ends.desk.step(hx=True, look="1"))


def said(answer):
    """What stands in the box of a script's answer."""
    text = answer.content.decode()
    box = text[text.index('class="told') : text.index("</section>", text.index('class="told'))]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", box)))


def test_the_real_reason_with_its_remedy_and_day(confirmed, mother, as_role):
    caller, child = mother
    with as_role("owner"):
        made.insured(child, caller, since=made.days(-1), published_on=None)
    ends = confirmed(*CHILD)
    box = look(ends)
    day = words("en").day(made.days(20))
    assert "from the register, confirmed call" in box
    assert f"will show in the account by {day}" in box
    assert "Wait until the day" in box or "Nothing else" in box
    assert MORE["en"] in box
    with as_role("owner"):
        event = Event.objects.get(what="call.field_opened")
        assert (event.fields, event.account_id, event.level) == (FIELD, caller, 2)
        assert event.matter == "child_account"


def test_without_a_confirmation_the_register_is_not_asked(ends, mother, as_role):
    ends.desk.begin(CHILD[0], *CHILD[1])
    answer = ends.desk.step(hx=True, look="1")
    assert answer.status_code == 400
    assert "Not confirmed for this matter" in answer.text
    with as_role("owner"):
        assert not Event.objects.filter(what="call.field_opened").exists()


@pytest.mark.parametrize(
    ("matter", "field"), [("ward_account", ("name", FIELD)), ("child_account", ("name",))]
)
def test_another_matter_or_another_field_opens_nothing(ends, mother, as_role, matter, field):
    assert ends.type(ends.ask(matter, field)) == "confirmed"
    ends.desk.begin(CHILD[0], *CHILD[1])
    answer = ends.desk.step(hx=True, look="1")
    assert answer.status_code == 400
    with as_role("owner"):
        assert not Event.objects.filter(what="call.field_opened", fields=FIELD).exists()


def nobody_around(child, caller):
    """No tie that was not a mistake."""
    made.models.Representation.objects.filter(account_id=child).update(
        ended_on=made.TODAY, ended_at=timezone.now(), ended_by="test", ended_because="mistake"
    )


def sealed(child, caller):
    """The child's address is protected; the rest is as usual."""
    made.row(ProtectedAddress, child)
    made.insured(child, caller, since=made.days(-1), published_on=None)


def frozen(child, caller):
    """Access is frozen, which level 2 may not know."""
    made.insured(child, caller)
    made.row(Freeze, child, person_id=caller, reason="Groźba", placed_by=made.specialist("K-600"),
             review_by=timezone.now())  # fmt: skip


@pytest.mark.parametrize("way", [nobody_around, sealed, frozen])
def test_no_such_account_and_not_allowed_read_alike(confirmed, mother, as_role, way):
    caller, child = mother
    with as_role("owner"):
        way(child, caller)
    box = look(confirmed(*CHILD))
    nothing = f"from the register, confirmed call No, you cannot do this now. {MORE['en']}"
    assert nothing in box.replace("Tell the caller, word for word ", ""), box


def test_what_is_open_already_is_said_and_leads_there(confirmed, mother, as_role):
    caller, child = mother
    with as_role("owner"):
        made.insured(child, caller)
    ends = confirmed(*CHILD)
    answer = ends.desk.step(hx=True, look="1")
    assert "That account is open already" in answer.text
    assert MORE["en"] not in answer.text
    with as_role("owner"):
        run = ScriptRun.objects.get()
        assert run.answers["@register"].startswith("allowed,INSURES_CHILD")
    ends.desk.client.post(f"{ends.desk.sheet}hang-up/")
    with as_role("owner"):
        assert "@register" not in ScriptRun.objects.get().answers


def test_an_age_that_does_not_fit_is_another_child(confirmed, mother, as_role):
    caller, child = mother
    with as_role("owner"):
        made.insured(child, caller, since=made.days(-1), published_on=None)
    said_teen = (CHILD[1][0], "age=teen", *CHILD[1][2:])
    assert "will show in the account" not in look(confirmed(CHILD[0], said_teen))


def test_a_guardian_hears_that_an_application_is_needed(confirmed, caller, as_role):
    with as_role("owner"):
        made.registry.mark_used(caller.pk, by=made.OPERATOR)
        ward = made.adult("Jan")
        made.row(made.models.Representation, ward, person_id=caller.pk, role="guardian")
        made.row(made.models.Incapacitation, ward, degree="full")
    ends = confirmed("ward_account", ("role=nobody", "degree=full"))
    assert "You are the guardian, and the account has not been opened to you yet" in look(ends)
    assert "Do you use an account of your own already?" in ends.desk.step(hx=True, look="1").text


@pytest.mark.parametrize("own", [True, False])
def test_after_a_divorce_only_the_own_grant_is_spoken_of(confirmed, mother, as_role, own):
    """That somebody else has access, by insurance or another's grant, is not for the desk."""
    caller, child = mother
    with as_role("owner"):
        father = made.adult("Piotr")
        made.parent(father, child)
        made.insured(child, caller if own else father)
        if own:
            made.row(AccessGrant, child, to_id=father, by_id=caller, accepted_on=made.days(-9),
                     since=made.days(-9))  # fmt: skip
    ends = confirmed("after_divorce", ("danger=no", "ruling=full", "how=unknown"))
    box = look(ends)
    assert ("You gave this access, so you can take it back" in box) is own
    assert (MORE["en"] in box) is not own
    assert "Piotr" not in box


def test_the_panel_shows_words_and_no_facts(ends, mother, as_role):
    caller, child = mother
    with as_role("owner"):
        made.insured(child, caller, since=made.days(-1), published_on=None)
    ends.type(ends.ask("child_account", ("name", FIELD)))
    opened = ends.post("fields/", field=[FIELD]).text
    assert "Nothing is wrong" in opened or "child will show" in opened
    assert str(child) not in opened
    assert '"asker"' not in html.unescape(opened)


def test_matter_10_is_explained_in_the_script_too(confirmed):
    ends = confirmed("covid_referral", ("asks=vaccination",), ("name", "covid_record"))
    while 'id="look"' not in (page := ends.desk.client.get(ends.desk.sheet).text):
        step = re.search(r'data-step="(\w+)"', page)[1]
        given = re.search(r'name="answer" value="([^"]+)" data-key', page)
        ends.desk.step(step=step, answer=given[1] if given else "-")
    assert "from the register, confirmed call" in look(ends)


INFORMAL = re.compile(
    r"\b(Ty|Ci|Cię|Ciebie|Tobie|Tw(ój|oj)\w*|masz|widzisz|jesteś|zaloguj)\b", re.I
)


def test_in_polish_no_reason_of_the_register_calls_anybody_thou():
    asked = {Want.SEE_ACCOUNT, Want.WITHDRAW}
    codes = {rule.code for rule in RULES if rule.level <= 2 and asked & rule.wants and not rule.own}
    written = words("pl").texts["reasons"]
    said = {code: spoken.known("pl", code, made.TODAY, written[code]["patient"])
            for code in codes if "professional" not in code.lower()}  # fmt: skip
    professionals = {"PRIMARY_CARE", "INVITED_PROFESSIONAL", "PHARMACIST_PRESCRIPTIONS_ONLY"}
    assert len(said) > 20
    assert {code: text for code, text in said.items()
            if code not in professionals and INFORMAL.search(text)} == {}  # fmt: skip


def test_only_level_2_is_left_of_any_decision(as_role, caller, mother):
    """Whatever the facts, what a script gets holds no reason that needs level 3."""
    _, child = mother
    with as_role("owner"):
        father = made.adult("Piotr")
        made.parent(father, child)
        made.insured(child, father)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT disclosure_access_reasons(%s::bigint)", [caller.pk])
            (value,) = cursor.fetchone()
    found = live.read("access", value, "child_account", {}, timezone.now())
    assert found.outcomes
    assert "OTHER_PARENT_INSURES" not in found.outcomes
    assert all(reason.rule.level <= 2 for one in found.decisions for reason in one.reasons)


def test_a_test_and_a_closed_child_are_not_for_the_register():
    assert live.field_of("referral", {"asks": "vaccination", "who": "self"}) == "covid_record"
    assert live.field_of("referral", {"asks": "test"}) is None
    assert live.field_of("referral", {"asks": "vaccination", "who": "child_closed"}) is None
    assert live.field_of("identifier", {}) is None


def test_a_referral_that_is_there_is_told_at_the_desk_as_in_the_account(
    ends, caller, as_role, tmp_path
):
    sent = {**EXAMPLES["ServiceRequest"], "authoredOn": str(made.days(-3)),
            "code": {"text": "Szczepienie przeciw COVID-19"},
            "occurrencePeriod": {"end": str(made.days(60))}}  # fmt: skip
    with as_role("owner"):
        SourceRecord.objects.create(system="p1/Patient", value="p1", person=caller.person)
    with as_role("importer"):
        Import("p1").run(samples.ndjson(tmp_path / "s.ndjson", sent))
    with as_role("owner"):
        (known,) = covid.of_entries(caller.person.birth_date, Entry.objects.all(), ()).referrals
        assert (known.issued, known.expires) == (made.days(-3), made.days(61))
    ends.type(ends.ask("covid_referral", ("name", "covid_record")))
    opened = ends.post("fields/", field=["covid_record"]).text
    assert "There is a valid referral" in opened
