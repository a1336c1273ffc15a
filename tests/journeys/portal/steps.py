"""What happens around the portal in its stories: calls, through the function of the desk."""

from __future__ import annotations

import datetime

from django.utils import timezone

from tests import people
from zamiast.helpline.models import Case
from zamiast.login.models import StaffSession, User
from zamiast.login.sessions import digest
from zamiast.portal.models import Link
from zamiast.verification import services


def number_of(user: User) -> str:
    """The identifier of a holder, straight from the database."""
    account = Link.objects.get(user=user).account
    return str(account.identifiers.current().get().number)


def somebody_calls_and_says(number: str, k_number: str) -> str:
    """A consultant takes a call and types what was said; what the desk learns comes back."""
    consultant = User.objects.filter(k_number=k_number).first() or people.consultant(k_number)
    session, _ = StaffSession.objects.get_or_create(
        session_key=digest(f"session of {k_number}"),
        user=consultant,
        defaults={"session_data": "", "expire_date": timezone.now() + datetime.timedelta(hours=1)},
    )
    call = services.take_call(consultant)
    answer = services.identify(session.session_key, call.pk, number)
    services.hang_up(call.pk, consultant)
    return answer.outcome


def a_case_was_opened(user: User, k_number: str) -> int:
    """A consultant wrote a matter down as an unconfirmed case of this holder."""
    consultant = User.objects.get(k_number=k_number)
    case = Case.objects.create(
        matter="lost_identifier",
        account_id=Link.objects.get(user=user).account_id,
        opened_by=consultant,
        opened_by_name=k_number,
        level=1,
    )
    return case.number
