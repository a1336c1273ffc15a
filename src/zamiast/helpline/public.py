"""The written word without logging in: a case by the public form, and the way back to it.

What somebody writes here proves nothing about who they are. Such a case is never confirmed;
where an identifier was given, it stands in that account as unconfirmed, the answer goes
there, and whoever wrote sees only how far it is: the same whether or not it is anybody's.

>>> word = new_word()
>>> [len(part) for part in word.split("-")], plain(word.upper().replace("-", " ")) == plain(word)
([6, 6, 6], True)
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets as random
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zamiast.audit import doorway
from zamiast.audit.services import ANONYMOUS, record
from zamiast.errors import Conflict, NotFound, TooMany
from zamiast.helpline import letters, locks, matters, queues, writing
from zamiast.helpline.models import LONGEST_NOTE, Case, Message, Writer
from zamiast.helpline.moves import MOVES
from zamiast.helpline.moves import State as CaseState
from zamiast.login import secrets
from zamiast.registry.models import Identifier, State

FORM = "form"  # who opened a case that came by the public form
AT_AN_ACCOUNT_A_DAY = 3
_CONSONANTS, _VOWELS = "bdfgklmnprstwz", "aeiou"
_LEAST, _MOST = 100_000, 10**15


@dataclass(frozen=True)
class Written:
    """A case by the public form: its number, the word to come back with, numbers cut out."""

    number: int
    word: str
    cut: int


@dataclass(frozen=True)
class Seen:
    """What who comes back sees of a case."""

    number: int
    matter: str
    state: str
    opened_at: datetime.datetime
    in_account: bool
    letters: list[Message]
    can_write: bool


def write(
    matter: str, text: str, *, language: str, identifier: str = "", address: str = ""
) -> Written:
    """Open a case for what somebody wrote. Runs in the portal.

    ``identifier`` are the digits of a well-formed one, or nothing. Raises BadInput for an
    unknown matter or an unusable text. Takes about as long, and answers the same, whether
    or not the identifier is anybody's.
    """
    matters.name(matter, "pl")
    passed = doorway.let_through(writing.usable(text))
    word, home = new_word(), queues.place(matter)
    with transaction.atomic():
        account = _account(identifier) if identifier else None
        case = Case(
            matter=matter, account_id=account, level=1 if account else 0, opened_by=None,
            opened_by_name=FORM, language=language, queue=home.code, unread=True,
            due_at=queues.due(matter, timezone.now()),
        )  # fmt: skip
        case.save(force_insert=True)
        Writer(
            case=case, digest=_digest(case.number, word), has_identifier=bool(identifier),
            sealed=secrets.encrypt(address) if address else "", language=language,
        ).save(force_insert=True)  # fmt: skip
        _add(case, passed.text, passed.found)
        record("case.opened", by=ANONYMOUS, account=account, purpose=writing.purpose(case),
               level=case.level)  # fmt: skip
    return Written(case.number, word, passed.found)


def come_back(number: int, word: str) -> Seen:
    """The case of who knows its secret word.

    Raises NotFound for a wrong number or word, which read the same.
    """
    writer = _known(number, word)
    case = Case.objects.only("number", "matter", "state", "opened_at").get(pk=writer.case_id)
    shown: list[Message] = []
    if not writer.has_identifier:
        shown = list(Message.objects.filter(case=writer.case_id).order_by("written_at", "pk"))
    can_write = not writer.has_identifier and case.state in MOVES["write"].sources
    return Seen(case.number, case.matter, _shown_state(writer, case.state), case.opened_at,
                writer.has_identifier, shown, can_write)  # fmt: skip


def write_again(number: int, word: str, text: str) -> int:
    """Who wrote writes once more; return how many numbers were cut out.

    Raises as ``come_back``, BadInput for an unusable text, Conflict where the case takes
    no more, TooMany after twenty in a day.
    """
    passed = doorway.let_through(writing.usable(text))
    writer = _known(number, word)
    with transaction.atomic():
        case = letters.locked_for_writer(writer.case_id)
        if writer.has_identifier or case.state not in MOVES["write"].sources:
            raise Conflict("helpline.other_state")
        since = timezone.now() - datetime.timedelta(days=1)
        sent = Message.objects.filter(case=case, is_from_holder=True, written_at__gt=since)
        if sent.count() >= letters.A_DAY:
            raise TooMany("helpline.too_many_letters")
        _add(case, passed.text, passed.found)
        letters.wake(case)
        record("message.received", by=ANONYMOUS, purpose=writing.purpose(case))
    return passed.found


def new_word() -> str:
    """A word to write down: nine syllables, 55 bits; no letter that is read as another."""
    syllables = [random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(9)]
    return "-".join("".join(syllables[place : place + 3]) for place in (0, 3, 6))


def plain(word: str) -> str:
    """A word as it was typed, without what does not count."""
    return "".join(character for character in word.lower() if character.isalpha())


def _known(number: int, word: str) -> Writer:
    """The writer by number and word. Raises NotFound, whichever of the two is wrong.

    Wrong words are counted nowhere: a count would lock out who wrote, and tell which numbers
    came by the form. The word has 55 bits; the page limits how often one address asks.
    """
    given = _digest(number, word)
    writer = Writer.objects.filter(pk=number).first() if _LEAST <= number < _MOST else None
    kept = bytes(len(given)) if writer is None else bytes(writer.digest)
    if not hmac.compare_digest(kept, given) or writer is None:
        raise NotFound("helpline.no_such_way_back")
    return writer


def _shown_state(writer: Writer, state: str) -> str:
    """How far a case is. Where an identifier was given, what its holder said is not told.

    "Not mine" would tell that the identifier is somebody's, and that they read it.
    """
    told = {CaseState.DISOWNED: CaseState.CLOSED, CaseState.MERGED: CaseState.CLOSED}
    return told.get(CaseState(state), state) if writer.has_identifier else state


def _account(identifier: str) -> int | None:
    """Whose identifier it is; nobody's where three such cases were opened today already.

    Two at once wait for one another. What is nobody's costs the same statements.
    """
    found = Identifier.objects.filter(
        number=int(identifier), state=State.ACTIVE, account__closed_at=None
    ).values_list("account_id", flat=True).first()  # fmt: skip
    account = -int(identifier) if found is None else found
    locks.one_at_a_time(locks.FORM, account)
    since = timezone.now() - datetime.timedelta(days=1)
    cases = Case.objects.filter(account_id=account, opened_by_name=FORM, opened_at__gt=since)
    return found if cases.count() < AT_AN_ACCOUNT_A_DAY else None


def _add(case: Case, text: str, cut: int) -> None:
    Message(
        case=case, is_from_holder=True, author_name=writing.HOLDER, text=text[:LONGEST_NOTE],
        cut=cut,
    ).save(force_insert=True)  # fmt: skip
    writing.add_words(case, text)


def _digest(number: int, word: str) -> bytes:
    key = b"zamiast way back 1 " + settings.PAIRING_KEY.encode()
    return hmac.digest(key, f"{number}:{plain(word)}".encode(), hashlib.sha256)
