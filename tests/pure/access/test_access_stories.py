"""The questions that fill the helpline, one test each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.pure.access.people import (
    BORN,
    CHILD,
    FATHER,
    GRANT,
    INSURED,
    MOTHER,
    TODAY,
    ask,
    family,
    parent,
    ward,
)

from zamiast.pure.access import Remedy, Settings, Want, decide, timeline
from zamiast.pure.access.calendar import WARSAW
from zamiast.pure.access.facts import (
    Authorisation,
    Authority,
    Circumstance,
    Event,
    Facts,
    FosterCare,
    Freeze,
    Grant,
    Insurance,
    InsuranceEnd,
    OwnTitle,
    Person,
    Profession,
    ProfessionalTie,
    ProtectedAddress,
    Representation,
    Role,
    Scope,
)


def date_of(decision, code):
    """Return the day of one reason."""
    return next(reason.date for reason in decision.reasons if reason.code == code)


def test_insured_yesterday_visible_within_21_days():
    facts = family(insurances=(Insurance("mother", date(2026, 11, 22)),))
    decision = ask(facts, "mother")
    assert not decision.allowed
    assert date_of(decision, "NOT_PUBLISHED_YET") == date(2026, 12, 13)
    assert ask(facts, "mother", day=date(2026, 12, 12)).codes[0] == "NOT_PUBLISHED_YET"
    late = ask(facts, "mother", day=date(2026, 12, 13))
    assert late.codes[0] == "PUBLICATION_OVERDUE"
    assert Remedy.ASK_NFZ_BRANCH in late.remedies


def test_insured_yesterday_visible_from_the_day_of_publication():
    row = Insurance("mother", date(2026, 11, 22), published=date(2026, 12, 2))
    decision = ask(family(insurances=(row,)), "mother")
    assert decision.changes_on == date(2026, 12, 2)
    assert ask(family(insurances=(row,)), "mother", day=date(2026, 12, 2)).allowed


def test_the_other_parent_insures_and_has_not_added_this_one():
    decision = ask(family(insurances=(INSURED,)), "father")
    assert not decision.allowed
    assert set(decision.codes) == {
        "OTHER_PARENT_INSURES",
        "DID_NOT_REGISTER",
        "KEEPS_RIGHT_TO_RECORDS",
    }
    assert Remedy.ASK_OTHER_PARENT in decision.remedies


def test_a_job_change_takes_the_child_out_until_the_new_payer_registers_it():
    ended = replace(INSURED, ended=date(2026, 10, 1), ended_by=InsuranceEnd.JOB_CHANGE)
    assert ask(family(insurances=(ended,)), "mother").codes[0] == "JOB_CHANGED"
    again = Insurance("mother", date(2026, 11, 1), published=date(2026, 11, 9))
    assert ask(family(insurances=(ended, again)), "mother").allowed


def test_the_childs_own_title_ends_access_and_its_end_does_not_revive_it():
    job = OwnTitle(date(2026, 7, 1), date(2026, 9, 1))
    facts = family(insurances=(INSURED,), own_titles=(job,))
    assert ask(facts, "mother", day=date(2026, 6, 30)).allowed
    assert "OWN_TITLE" in ask(facts, "mother", day=date(2026, 8, 1)).codes
    after = ask(facts, "mother")
    assert date_of(after, "OWN_TITLE_ENDED") == date(2026, 9, 8)
    again = Insurance("mother", date(2026, 9, 3), published=date(2026, 9, 10))
    assert ask(replace(facts, insurances=(INSURED, again)), "mother").allowed


def test_the_operator_restores_access_of_a_parent_whose_child_has_an_own_title():
    grant = Grant("mother", None, date(2026, 8, 1), case="2026-77")
    facts = family(own_titles=(OwnTitle(date(2026, 7, 1)),), grants=(grant,))
    assert ask(facts, "mother").codes == ("OPENED_BY_OPERATOR",)


def test_a_grandparent_insures_but_does_not_represent():
    facts = family(insurances=(replace(INSURED, insurer="grandmother"),))
    decision = ask(facts, "grandmother")
    assert decision.codes == ("INSURER_NOT_REPRESENTATIVE",)
    lenient = Settings(insurer_must_represent=False)
    assert ask(facts, "grandmother", settings=lenient).allowed


def test_a_foster_carer_needs_a_wider_ruling():
    care = FosterCare("carer", date(2025, 9, 1))
    facts = Facts(
        holder=CHILD, foster_care=(care,), insurances=(replace(INSURED, insurer="carer"),)
    )
    assert ask(facts, "carer").codes == ("FOSTER_DAY_TO_DAY_ONLY",)
    assert not ask(facts, "carer", Want.CONSENT_TO_TREATMENT).allowed
    wider = replace(facts, foster_care=(replace(care, widened_to_health=True),))
    assert ask(wider, "carer").allowed
    assert ask(wider, "carer", Want.CONSENT_TO_TREATMENT).allowed
    assert ask(facts, "carer", settings=Settings(foster_insurer_sees_account=True)).allowed


@pytest.mark.parametrize("born", [date(2008, 11, 23), date(2008, 3, 29), date(2008, 10, 25)])
def test_turned_18_this_midnight_in_warsaw_also_across_daylight_saving(born):
    row = Representation("mother", Role.PARENT, born)
    facts = family(holder=Person("child", born), representations=(row,), insurances=(INSURED,))
    midnight = datetime(born.year + 18, born.month, born.day, tzinfo=WARSAW).astimezone(UTC)
    before = ask(facts, "mother", day=midnight - timedelta(microseconds=1))
    assert before.allowed
    assert before.changes_on == midnight.astimezone(WARSAW).date()
    assert ask(facts, "mother", day=midnight).codes == ("TURNED_18",)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        ask(family(), "mother", day=datetime(2026, 11, 23))


def test_the_guardian_of_an_adult_applies_and_is_let_in():
    assert ask(ward(), "mother").codes == ("GUARDIAN_NOT_OPENED",)
    assert ask(ward(), "mother", Want.CONSENT_TO_TREATMENT).allowed
    opened = ward(grants=(Grant("mother", None, date(2024, 5, 1)),))
    assert ask(opened, "mother").codes == ("OPENED_BY_OPERATOR",)
    assert ask(opened, "mother", Want.INVITE_GUARDIAN).allowed


def test_the_guardian_may_add_a_second_person_who_leans_on_the_guardian():
    first = Grant("mother", None, date(2024, 5, 1))
    second = Grant("father", "mother", date(2024, 6, 1), accepted=date(2024, 6, 1))
    assert ask(ward(grants=(first, second)), "father").codes == ("GRANTED",)
    over = ward(grants=(replace(first, until=date(2026, 10, 1)), second))
    assert ask(over, "father").codes == ("GRANTOR_LOST_ACCESS",)


def test_a_former_spouse_with_full_authority_keeps_what_insurance_and_law_give():
    divorce = Circumstance(Event.DIVORCE, "father", date(2026, 3, 1))
    facts = family(insurances=(replace(INSURED, insurer="father"),), circumstances=(divorce,))
    assert ask(facts, "father").codes == ("INSURES_CHILD", "DIVORCE_CHANGES_NOTHING")
    decision = ask(facts, "mother", Want.WITHDRAW, about="father")
    assert decision.codes == ("NEEDS_RULING", "DIVORCE_CHANGES_NOTHING")
    assert Remedy.SHOW_RULING in decision.remedies


@pytest.mark.parametrize("authority", [Authority.TAKEN_AWAY, Authority.SUSPENDED])
def test_a_parent_deprived_of_authority_sees_nothing_from_the_day_of_the_ruling(authority):
    facts = family(
        insurances=(replace(INSURED, insurer="father"),),
        representations=(
            parent("mother"),
            Representation("father", Role.PARENT, BORN, date(2026, 5, 15)),
            Representation("father", Role.PARENT, date(2026, 5, 15), authority=authority),
        ),
    )
    assert ask(facts, "father", day=date(2026, 5, 14)).allowed
    for want in (Want.SEE_ACCOUNT, Want.HEALTH_INFORMATION, Want.CONSENT_TO_TREATMENT):
        decision = ask(facts, "father", want, day=date(2026, 5, 15))
        assert decision.codes == (f"AUTHORITY_{authority.name}",)


def test_co_deciding_is_enough_and_other_limits_need_the_ruling_read():
    insured = (replace(INSURED, insurer="father"),)
    for authority, allowed in ((Authority.CO_DECIDING, True), (Authority.LIMITED, False)):
        rows = (parent("mother"), parent("father", authority))
        facts = family(insurances=insured, representations=rows)
        assert ask(facts, "father").allowed is allowed


def test_a_protected_address_hides_the_child_and_stops_the_protected_parent():
    facts = family(insurances=(INSURED,))
    for who, code in (("child", "PROTECTED_ADDRESS"), ("mother", "ACTOR_PROTECTED")):
        hidden = replace(facts, protected_addresses=(ProtectedAddress(who, date(2026, 8, 1)),))
        assert code in ask(hidden, "mother").codes
        assert ask(hidden, "mother", settings=Settings(protected_address_hides=False)).allowed


def test_a_protected_parent_can_still_take_back_what_they_gave():
    facts = family(
        insurances=(INSURED,),
        grants=(GRANT,),
        protected_addresses=(ProtectedAddress("mother", date(2026, 8, 1)),),
    )
    assert ask(facts, "mother", Want.WITHDRAW, about="father").allowed


def test_a_freeze_stops_one_person_or_everybody_but_the_holder():
    facts = family(insurances=(INSURED,), grants=(GRANT,))
    one = replace(facts, freezes=(Freeze(TODAY, person="father"),))
    assert ask(one, "father").codes == ("FROZEN",)
    assert ask(one, "mother").allowed
    not_insuring = replace(one, grants=())
    assert "KEEPS_RIGHT_TO_RECORDS" not in ask(not_insuring, "father").codes
    everybody = replace(facts, freezes=(Freeze(TODAY),))
    assert not ask(everybody, "mother").allowed
    lifted = replace(facts, freezes=(Freeze(TODAY - timedelta(days=2), TODAY),))
    assert ask(lifted, "mother").allowed


def test_a_second_parent_is_invited_accepts_and_is_withdrawn():
    invited = Grant("father", "mother", date(2026, 11, 20))
    facts = family(insurances=(INSURED,), grants=(invited,))
    assert ask(facts, "mother", Want.INVITE_GUARDIAN).allowed
    assert "GRANT_NOT_ACCEPTED" in ask(facts, "father").codes
    assert ask(facts, "father", Want.ACCEPT_GRANT).allowed

    taken = replace(facts, grants=(replace(invited, accepted=TODAY),))
    assert ask(taken, "father").codes == ("GRANTED",)
    assert ask(taken, "mother", Want.WITHDRAW, about="father").codes == ("MAY_WITHDRAW",)

    ended = replace(facts, grants=(replace(invited, accepted=TODAY, until=TODAY),))
    assert "GRANT_ENDED" in ask(ended, "father").codes


def test_an_invitation_says_nothing_of_whom_it_is_for():
    facts = family(insurances=(INSURED,))
    answers = {
        ask(facts, "mother", Want.INVITE_GUARDIAN, about=about).reasons
        for about in ("father", "nobody at all", None)
    }
    assert len(answers) == 1


def test_an_invitation_that_was_not_accepted_tells_a_stranger_nothing():
    stranger = Grant("stranger", "mother", date(2026, 11, 20))
    facts = family(insurances=(INSURED,), grants=(stranger,))
    assert ask(facts, "stranger").codes == ("NOTHING_OPEN_HERE",)


def test_who_never_used_the_own_account_cannot_be_added():
    facts = family(
        others=(MOTHER, replace(FATHER, first_login=None)),
        insurances=(INSURED,),
        grants=(Grant("father", "mother", date(2026, 11, 20)),),
    )
    decision = ask(facts, "father", Want.ACCEPT_GRANT)
    assert decision.codes == ("ACCOUNT_NEVER_USED",)
    assert decision.remedies == (Remedy.LOG_IN_ONCE,)


def test_a_grant_outlives_the_grantors_job_change_for_a_parent_unless_the_operator_says_no():
    ended = replace(INSURED, ended=date(2026, 10, 1), ended_by=InsuranceEnd.JOB_CHANGE)
    facts = family(insurances=(ended,), grants=(GRANT,))
    assert ask(facts, "father").allowed
    strict = Settings(representing_grantee_stands_alone=False)
    assert "GRANTOR_LOST_ACCESS" in ask(facts, "father", settings=strict).codes


def test_grants_in_a_circle_open_nothing():
    there = Grant("father", "mother", date(2025, 1, 1), accepted=date(2025, 1, 1))
    back = Grant("mother", "father", date(2025, 1, 1), accepted=date(2025, 1, 1))
    strict = Settings(representing_grantee_stands_alone=False)
    assert not ask(family(grants=(there, back)), "father", settings=strict).allowed


def test_a_17_year_old_sees_the_own_account_and_neither_authorises_nor_consents():
    facts = Facts(holder=Person("ola", date(2009, 5, 1)))
    for want in (Want.LOG_IN, Want.SEE_ACCOUNT, Want.SEE_DOCUMENTATION):
        decision = ask(facts, "ola", want)
        assert decision.allowed
        assert decision.codes[0] == "OWN_ACCOUNT_TEEN"
    assert ask(facts, "ola", Want.AUTHORISE).codes == ("TEEN_MAY_NOT_AUTHORISE",)
    refused = ask(facts, "ola", Want.CONSENT_TO_TREATMENT)
    assert refused.codes == ("TEEN_MAY_NOT_CONSENT",)
    assert refused.changes_on == date(2027, 5, 1)


def test_a_17_year_old_is_still_seen_by_the_parents():
    holder = Person("child", date(2009, 5, 1))
    assert ask(family(holder=holder, insurances=(INSURED,)), "mother").allowed


def test_double_consent_for_health_information_at_16_and_17():
    given = Authorisation(
        "aunt", "mother", Scope.HEALTH_INFORMATION, date(2026, 1, 5), date(2026, 1, 5)
    )
    facts = family(holder=Person("child", date(2009, 12, 1)), authorisations=(given,))
    assert "DOUBLE_CONSENT_MISSING" in ask(facts, "aunt", Want.HEALTH_INFORMATION).codes
    agreed = replace(facts, authorisations=(replace(given, minor_agreed=TODAY),))
    assert ask(agreed, "aunt", Want.HEALTH_INFORMATION).allowed
    younger = replace(facts, holder=CHILD)
    assert ask(younger, "aunt", Want.HEALTH_INFORMATION).allowed


def adult(**more) -> Facts:
    return Facts(holder=Person("anna", date(1960, 4, 2), first_login=date(2019, 2, 1)), **more)


def statement(scope: Scope, **more) -> Authorisation:
    return Authorisation("piotr", "anna", scope, date(2026, 1, 10), date(2026, 1, 10), **more)


def test_each_kind_of_authorisation_opens_its_own_kind_only():
    opens = {
        Scope.ACCOUNT_DATA: {Want.SEE_ACCOUNT, Want.SEE_PRESCRIPTIONS, Want.SEE_REFERRALS},
        Scope.DOCUMENTATION: {Want.SEE_DOCUMENTATION},
        Scope.HEALTH_INFORMATION: {Want.HEALTH_INFORMATION},
    }
    for scope, expected in opens.items():
        facts = adult(authorisations=(statement(scope),))
        assert {want for want in Want if ask(facts, "piotr", want).allowed} == expected


def test_only_an_authorisation_to_the_records_given_for_it_outlives_the_holder():
    dead = replace(adult().holder, died=date(2026, 10, 2))
    rows = tuple(statement(scope, after_death=True) for scope in Scope)
    facts = replace(adult(authorisations=rows), holder=dead)
    assert ask(facts, "piotr", Want.SEE_DOCUMENTATION).allowed
    assert ask(facts, "piotr").codes == ("HOLDER_DIED",)
    kept = replace(facts, authorisations=(statement(Scope.DOCUMENTATION),))
    assert not ask(kept, "piotr", Want.SEE_DOCUMENTATION).allowed


def test_an_open_ended_authorisation_lapses_only_by_the_operators_setting():
    facts = adult(authorisations=(statement(Scope.ACCOUNT_DATA),))
    later = date(2027, 1, 10)
    assert ask(facts, "piotr", day=later).allowed
    yearly = Settings(authorisation_months=12)
    assert ask(facts, "piotr", settings=yearly).changes_on == later
    assert ask(facts, "piotr", day=later, settings=yearly).codes == ("AUTHORISATION_ENDED",)


def test_a_pharmacist_sees_prescriptions_and_nothing_else():
    tie = ProfessionalTie("pharmacy", Profession.PHARMACIST, date(2026, 1, 1))
    facts = adult(professionals=(tie,))
    seen = {want for want in Want if ask(facts, "pharmacy", want).allowed}
    assert seen == {Want.SEE_PRESCRIPTIONS}


def test_a_stranger_and_a_missing_account_get_the_same_answer():
    question = ask(family(insurances=(INSURED,)), "stranger").question
    there = decide(family(insurances=(INSURED,)), question, TODAY)
    missing = decide(Facts(), question, TODAY)
    assert there == missing
    assert there.codes == ("NOTHING_OPEN_HERE",)


def test_born_on_29_february_is_of_age_on_the_last_day_of_february():
    facts = Facts(holder=Person("leap", date(2008, 2, 29)))
    assert not ask(facts, "leap", Want.AUTHORISE, day=date(2026, 2, 27)).allowed
    assert ask(facts, "leap", Want.AUTHORISE, day=date(2026, 2, 28)).allowed


def test_a_timeline_without_days_is_empty():
    question = ask(family(), "mother").question
    assert timeline(family(), question, TODAY, TODAY) == ()
    assert timeline(family(), question, TODAY, TODAY - timedelta(days=1)) == ()
