"""“Why can't I see my child?”: from facts for whom they concern, from answers for all others."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from zamiast.guardianship import models
from zamiast.guardianship.missing import Answers, Insured, Relation, missing_child
from zamiast.guardianship.tests import family as made
from zamiast.pure.access.facts import Authority


def ask(asker, born, **more):
    return missing_child(asker=asker, answers=Answers(born, **more), language="pl")


def test_a_parent_is_answered_from_facts(database, as_role):
    home = made.family()
    with as_role("portal"):
        said = ask(home.father, made.years_ago(9), insured=Insured.BY_NOBODY)
    assert said.account == home.child
    assert "OTHER_PARENT_INSURES" in said.decision.codes


def test_a_stranger_is_answered_from_what_was_said_alone(database, as_role):
    stranger = made.adult("Obcy")
    with as_role("portal"):
        before = ask(stranger, made.years_ago(9), insured=Insured.BY_OTHER_PARENT)
    home = made.family()
    with as_role("portal"):
        after = ask(stranger, made.years_ago(9), insured=Insured.BY_OTHER_PARENT)
        with CaptureQueriesContext(connection) as asked:
            ask(stranger, made.years_ago(9))
    assert before == after
    assert after.account is None
    assert not any(f"[{home.child}," in query["sql"] for query in asked.captured_queries)


def test_a_protected_child_reads_like_no_child(database, as_role):
    home = made.family()
    made.row(models.ProtectedAddress, home.child)
    stranger = made.adult("Obcy")
    with as_role("portal"):
        father, other = (ask(one, made.years_ago(9)) for one in (home.father, stranger))
    assert father.view == other.view
    assert father.account is None


def test_the_answers_lead_to_the_official_reasons(database, as_role):
    somebody, born = made.adult("Anna"), made.years_ago(9)
    stories = {
        "NOT_PUBLISHED_YET": {"insured": Insured.BY_ME, "registered_on": made.days(-1)},
        "PUBLICATION_OVERDUE": {"insured": Insured.BY_ME, "registered_on": made.days(-60)},
        "DID_NOT_REGISTER": {"insured": Insured.BY_NOBODY},
        "OTHER_PARENT_INSURES": {"insured": Insured.BY_OTHER_PARENT},
        "JOB_CHANGED": {"insured": Insured.BY_ME, "changed_job_on": made.days(-3)},
        "OWN_TITLE": {"insured": Insured.BY_ME, "own_title_since": made.days(-30)},
        "INSURER_NOT_REPRESENTATIVE": {
            "insured": Insured.BY_ME, "relation": Relation.GRANDPARENT,
        },
        "FOSTER_DAY_TO_DAY_ONLY": {"relation": Relation.FOSTER_CARER},
        "AUTHORITY_TAKEN_AWAY": {"authority": Authority.TAKEN_AWAY},
        "DIVORCE_CHANGES_NOTHING": {"divorced": True},
    }  # fmt: skip
    with as_role("portal"):
        for code, said in stories.items():
            assert code in ask(somebody, born, **said).decision.codes, code
        grown = ask(somebody, made.years_ago(19))
        assert "TURNED_18" in grown.decision.codes
        assert grown.view.remedies
