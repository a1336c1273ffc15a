"""Paper codes: the next pair only, once; three misses; nobody learns who has a sheet."""

import itertools

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event
from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.pure import identifier
from zamiast.registry import selectors, services
from zamiast.verification import answering, exchange, papers
from zamiast.verification.models import Confirmation, Pair, Sheet
from zamiast.verification.paper_words import WORDS
from zamiast.verification.tests.conftest import HOLDER

FIELDS = ("name", "address")
moments = itertools.count()


@pytest.fixture
def printed(talk):
    """The sheet of the caller, as it lies on their table."""
    with talk.as_role("portal"):
        return papers.print_sheet(talk.account, language="pl", by=HOLDER)


@pytest.fixture
def key(talk):
    """``key("12345678")``: the caller presses keys in the call of the talk."""
    token = exchange.make_token("exchange-1")

    def press(tones, talk=talk, call="a-1"):
        for event, told in (("answer", {"agent": talk.user.k_number}), ("tones", {"tones": tones})):
            with talk.as_role("api"):
                exchange.tell(token, exchange.Told(event, call, timezone.now(), **told))

    return press


def ask(talk, matter="wrong_data", fields=FIELDS):
    with talk.as_role("desk"):
        return papers.ask(talk.session.digest, talk.call, matter=matter, fields=fields)


def test_the_word_is_read_out_and_the_digits_are_keyed(talk, printed, key):
    pair = ask(talk)
    assert (pair.nth, pair.word, pair.digits) == (1, printed[0].word, "")
    key(f"{printed[0].digits}#")
    assert talk.state().is_confirmed
    assert talk.open("name") == {"name": "Anna Brzęczyszczykiewicz"}
    talk.hang_up()
    with talk.as_role("portal"):
        (receipt,) = answering.receipts(talk.account)
    assert (receipt.means, receipt.opened) == ("paper", ("name",))


def test_only_the_next_pair_is_valid_and_serves_once(talk, printed, key):
    ask(talk)
    key(printed[1].digits)
    assert Confirmation.objects.get().state == "mistyped"
    assert talk.state().state == "waiting", "the desk learns nothing of it"
    key(printed[0].digits)
    assert Confirmation.objects.get().state == "mistyped", "one try"
    assert ask(talk).word == printed[1].word
    key(printed[0].digits)
    assert ask(talk).nth == 3
    key(printed[2].digits)
    assert talk.state().is_confirmed


def test_a_word_that_was_heard_is_spent_whatever_came_of_it(begin, talk, printed):
    ask(talk)
    talk.hang_up()
    again = begin(account=talk.account)
    assert ask(again).nth == 2
    with talk.as_role("portal"):
        assert papers.sheet(talk.account).unused == papers.PAIRS - 2


def test_three_misses_in_a_row_block_the_sheet(talk, printed, key):
    for _ in range(3):
        ask(talk)
        key("00000000")
    with talk.as_role("portal"):
        assert papers.sheet(talk.account).is_blocked
    assert Event.objects.filter(what="paper.blocked", account_id=talk.account).count() == 1


def test_a_blocked_sheet_confirms_nothing_until_a_new_one_is_printed(begin, talk, printed, key):
    Sheet.objects.update(blocked_at=timezone.now())
    ask(talk)
    key(printed[0].digits)
    assert Confirmation.objects.get().state == "in_vain"
    talk.hang_up()
    again = begin(account=talk.account)
    with talk.as_role("portal"):
        fresh = papers.print_sheet(talk.account, language="pl", by=HOLDER)
    ask(again)
    key(fresh[0].digits, again, "a-2")
    assert again.state().is_confirmed


def test_a_right_pair_forgets_the_misses(talk, printed, key):
    ask(talk)
    key("00000000")
    assert Sheet.objects.get().misses == 1
    ask(talk)
    key(printed[1].digits)
    assert Sheet.objects.get().misses == 0


def test_whoever_has_no_sheet_looks_the_same_at_the_desk(begin, talk, printed):
    other = begin()
    with_sheet, without = ask(talk), ask(other)
    assert without.word in WORDS["pl"]
    assert 1 <= without.nth <= 20
    assert (with_sheet.digits, without.digits) == ("", "")
    assert talk.state().state == other.state().state == "waiting"
    assert ask(other).nth == without.nth + 1


def test_digits_that_were_typed_or_keyed_elsewhere_confirm_nothing(talk, begin, printed, key):
    ask(talk)
    prompt = talk.prompt()
    assert prompt.means == "paper"
    assert talk.type(printed[0].digits[:6], prompt=prompt.id) == "gone"
    other = begin()
    key(printed[0].digits, other, "a-9")
    assert talk.state().state == "waiting"
    assert other.state().state == "none"


def test_the_holder_can_decline_in_the_account(talk, printed, key):
    ask(talk)
    assert talk.decline() == "declined"
    key(printed[0].digits)
    assert Confirmation.objects.get().state == "declined"


def test_nothing_of_a_sheet_can_be_read_in_the_database(printed):
    kept = str(list(Pair.objects.values())) + str(list(Sheet.objects.values()))
    kept += str(list(Event.objects.values()))
    for pair in printed:
        assert pair.digits not in kept
        assert pair.word not in kept


def test_a_new_sheet_ends_the_one_before_and_five_a_day(talk, printed, key):
    with talk.as_role("portal"):
        fresh = papers.print_sheet(talk.account, language="pl", by=HOLDER)
        for _ in range(3):
            fresh = papers.print_sheet(talk.account, language="pl", by=HOLDER)
        with pytest.raises(TooMany):
            papers.print_sheet(talk.account, language="pl", by=HOLDER)
    assert ask(talk).word == fresh[0].word
    key(printed[0].digits)
    assert Confirmation.objects.get().state == "mistyped"
    with talk.as_role("portal"):
        assert papers.end(talk.account, by=HOLDER)
        assert papers.sheet(talk.account) is None


def test_a_sheet_in_the_language_of_the_account(talk):
    person = people.account(language="uk")
    with talk.as_role("portal"):
        pairs = papers.print_sheet(person.pk, language="uk", by=HOLDER)
    assert {pair.word for pair in pairs} <= set(WORDS["uk"])
    assert len({pair.digits for pair in pairs}) == papers.PAIRS


@pytest.mark.parametrize("language", WORDS)
def test_words_are_many_and_unlike_one_another(language):
    words = WORDS[language]
    assert len(set(words)) == len(words) == 128
    assert all(3 <= len(word) <= 11 and word.isalpha() for word in words)


def test_three_questions_a_call_by_paper_too(talk, printed):
    for _ in range(3):
        ask(talk)
    with pytest.raises(Conflict, match=r"verification\.numbers_used_up"):
        ask(talk)


def test_a_sheet_handed_out_in_person_works_and_ends_the_one_before(talk, printed, key):
    number = str(selectors.current_identifier(talk.account).number)
    handed, language = papers.hand_out(f"{number[:3]} {number[3:]}", seen="id-card")
    assert (len(handed), language) == (papers.PAIRS, "pl")
    event = Event.objects.get(what="paper.handed_out")
    assert (event.actor_kind, event.account_id, event.step) == ("operator", talk.account, "id-card")
    assert ask(talk).word == handed[0].word
    key(printed[0].digits)
    assert Confirmation.objects.get().state == "mistyped"
    ask(talk)
    key(f"{handed[1].digits}#")
    assert talk.state().is_confirmed
    with talk.as_role("portal"):
        assert papers.end(talk.account, by=HOLDER), "the holder ends it, whoever printed it"


def test_a_sheet_is_handed_out_to_an_active_identifier_only(talk):
    number = str(selectors.current_identifier(talk.account).number)
    for wrong, error in (("950120144483x", BadInput), ("", BadInput), ("1" * 12, BadInput),
                         (identifier.generate(), NotFound)):  # fmt: skip
        with pytest.raises(error):
            papers.hand_out(wrong, seen="id-card")
    services.suspend_identifier(talk.account, by=HOLDER)
    with pytest.raises(NotFound):
        papers.hand_out(number, seen="id-card")
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("role", ["portal", "desk", "api", "worker", "importer"])
def test_no_process_hands_a_sheet_out(talk, role):
    with talk.as_role(role), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(
            "SELECT verification_sheet_put(%s, gen_random_uuid(), '{}', %s, %s, '')",
            [talk.account, "operator", "operator"],
        )
