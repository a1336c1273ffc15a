"""Cases of the demo, so that queues, board and charts show something when it first starts.

Made through the helpline's own services, once: where there is any case, nothing is added. The
counts of past weeks are invented; nobody stands in them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zamiast.demo.stage import SOURCE, refuse_outside_demo

if TYPE_CHECKING:
    from zamiast.login.models import User

_DAY = datetime.timedelta(days=1)
_HOUR = datetime.timedelta(hours=1)
_COUNTED = range(3, 29)  # days ago; nearer ones are counted by the job


@dataclass(frozen=True)
class Told:
    """One case: who of the cast called (None: nobody known), in which matter, what was said."""

    who: str | None
    matter: str
    note: str
    by: str = "K-417"
    then: Callable[[int, User], None] | None = None


def _wait(number: int, by: User) -> None:
    from django.utils import timezone

    from zamiast.helpline import handling

    handling.pause(number, "facility", timezone.localdate() + 3 * _DAY, by=by)


def _close(number: int, by: User) -> None:
    from zamiast.helpline import handling

    handling.close(number, by=by)


def _late(number: int, by: User) -> None:  # noqa: ARG001
    from django.utils import timezone

    from zamiast.helpline.models import Case

    now = timezone.now()
    Case.objects.filter(pk=number).update(opened_at=now - 4 * _DAY, due_at=now - _DAY)


def _promise(number: int, by: User) -> None:
    from django.utils import timezone

    from zamiast.helpline import callbacks

    now = timezone.now()
    callbacks.promise(number, from_at=now + _HOUR, until_at=now + 3 * _HOUR,
                      number_kind="telephone", by=by, ending="17",
                      wish="Numer zgłoszenia z aplikacji")  # fmt: skip


def _letter(number: int, by: User) -> None:
    from zamiast.audit.services import Actor
    from zamiast.helpline import letters
    from zamiast.helpline.models import Case

    letters.answer(number, "Proszę napisać, czy po ponownym zalogowaniu jest już dobrze.", by=by)
    account = Case.objects.values_list("account_id", flat=True).get(pk=number)
    letters.write_from_account(number, account or 0, "Nadal nie widzę skierowania. Co dalej?",
                               by=Actor("holder", "holder"))  # fmt: skip


_CASES = (
    Told("anna", "e_services", "Nie widzi listy recept po aktualizacji aplikacji.", then=_letter),
    Told("piotr", "child_account", "Nie ma dostępu do konta syna. Wyrok ma w domu."),
    Told("oksana", "cannot_register", "Przychodnia nie zapisuje na wizytę.", then=_wait),
    Told("ewa", "lost_identifier", "Zgubiła kartkę z identyfikatorem.", by="K-223"),
    Told("kacper", "account_trouble", "Na telefonie biała strona.", by="K-223", then=_promise),
    Told("john", "e_services", "Asks how to change the language. Done.", then=_close),
    Told("anna", "strange_service", "Na liście jest badanie, na którym nie była.", then=_late),
    Told("piotr", "wrong_data", "Zły numer domu w adresie.", by="K-223"),
    Told(None, "no_identifier", "Nie ma identyfikatora, jest u mamy w szpitalu.", then=_close),
    Told(None, "staff_prescription", "Apteka: system odrzuca realizację e-recepty.", by="K-223"),
    Told(None, "staff_connection", "Nowa przychodnia pyta o kolejność kroków."),
    Told("oksana", "covid_referral", "Pyta, kiedy będzie skierowanie na szczepienie."),
)


def install() -> None:
    """Add the cases, where there is none. Raises Misconfigured outside the demo."""
    from django.db import transaction

    from zamiast.helpline.models import Case

    refuse_outside_demo()
    if Case.objects.exists():
        return
    with transaction.atomic():
        for told in _CASES:
            _open(told)
        _count()


def _open(told: Told) -> None:
    from zamiast.helpline import services
    from zamiast.login.models import User
    from zamiast.registry.models import SourceRecord
    from zamiast.verification import services as calls
    from zamiast.verification.models import Call

    by = User.objects.get(k_number=told.by)
    call = calls.take_call(by)
    if told.who:
        person = SourceRecord.objects.get(system=SOURCE, value=told.who).person
        Call.objects.filter(pk=call.pk).update(account_id=person.account.pk, language="pl")
    number = services.open_case(told.matter, by=by, call=call.pk, note=told.note).number
    if told.then:
        told.then(number, by)
    calls.hang_up(call.pk, by)


def _count() -> None:
    """Invented counts of calls and cases: busy in the morning, quiet at night."""
    from django.utils import timezone

    from zamiast.helpline.models import Tally

    today, made = timezone.localdate(), []
    matters = ("e_services", "cannot_register", "lost_identifier", "account_trouble")
    for ago in _COUNTED:
        day = today - ago * _DAY
        for hour in range(24):
            calls = max(2, 40 - 4 * abs(hour - 10)) * (1 if day.weekday() < 5 else 2) // 2
            made.append(Tally(day=day, hour=hour, matter="", calls=calls))
            for place, matter in enumerate(matters, 3):
                opened = calls // place
                closed = opened * (19 - hour % 3) // 20
                made.append(Tally(day=day, hour=hour, matter=matter, opened=opened,
                                  closed=closed, in_time=closed * 9 // 10))  # fmt: skip
    Tally.objects.bulk_create(made)
