"""The families of the demo: each tells its story, twice the same."""

from zamiast.demo import cast, families
from zamiast.guardianship import selectors
from zamiast.guardianship.models import ROWS
from zamiast.pure.access import Want

STORIES = {
    "insured yesterday": ("marta", "antoni", "NOT_PUBLISHED_YET"),
    "the other parent insures": ("adam", "lena", "OTHER_PARENT_INSURES"),
    "job change": ("robert", "iga", "JOB_CHANGED"),
    "own insurance title": ("beata", "kuba", "OWN_TITLE"),
    "the grandmother insures": ("anna", "jan", "INSURER_NOT_REPRESENTATIVE"),
    "foster carer": ("teresa", "szymon", "FOSTER_DAY_TO_DAY_ONLY"),
    "turned 18 this midnight": ("grazyna", "dawid", "TURNED_18"),
    "guardian of an adult": ("henryk", "ryszard", "GUARDIAN_NOT_OPENED"),
    "deprived of authority": ("marcin", "filip", "AUTHORITY_TAKEN_AWAY"),
    "protected address": ("patryk", "hania", "PROTECTED_ADDRESS"),
    "frozen": ("damian", "wiktor", "FROZEN"),
}
OPEN = {
    "insures": ("piotr", "zofia", "INSURES_CHILD"),
    "former spouse": ("tomasz", "oliwia", "GRANTED"),
    "second parent": ("michal", "pola", "GRANTED"),
    "mother of a 17-year-old": ("joanna", "kacper", "INSURES_CHILD"),
    "17 years": ("kacper", "kacper", "OWN_ACCOUNT_TEEN"),
    "18 years": ("dawid", "dawid", "OWN_ACCOUNT"),
}


def test_every_story_is_told(db):
    cast.install()
    families.install()  # again: what is there is left alone
    rows = sum(kind.objects.count() for kind in ROWS)
    assert rows == len(families.facts()) + 1
    accounts = families._accounts()
    for allowed, stories in ((False, STORIES), (True, OPEN)):
        for story, (actor, account, code) in stories.items():
            decision = selectors.decide(accounts[actor], Want.SEE_ACCOUNT, accounts[account])
            assert decision.allowed is allowed, (story, decision.codes)
            assert code in decision.codes, (story, decision.codes)
    assert selectors.freezes_to_review().count() == 1


def test_every_login_is_named_once():
    names = [login.username for login in cast.logins()]
    assert len(names) == len(set(names))
