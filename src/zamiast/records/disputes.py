"""That a holder reported an entry: beginning and end, beside the case that the helpline keeps."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from zamiast.audit.services import Actor, Purpose, record
from zamiast.errors import Conflict
from zamiast.records.models import Dispute, Entry

KINDS = ("prescription", "service", "data", "other")


def begin(entry: Entry, *, kind: str, case_number: int, by: Actor) -> Dispute:
    """Mark an entry as reported. Raises Conflict (``records.reported_already``) where it is."""
    try:
        with transaction.atomic():
            made = Dispute.objects.create(
                entry=entry, account_id=entry.account_id, kind=kind, case_number=case_number,
                opened_at=timezone.now(),
            )  # fmt: skip
            record("dispute.opened", by=by, account=entry.account_id, outcome=kind,
                   purpose=Purpose(case=case_number))  # fmt: skip
    except IntegrityError as error:
        if "records_one_dispute" in str(error):
            raise Conflict("records.reported_already") from error
        raise
    return made


def end_answered(entry: Entry) -> None:
    """End what was reported before and answered in its case, so that it can be reported anew."""
    Dispute.objects.filter(entry=entry, ended_at=None).update(
        ended_at=timezone.now(), ended_because="answered"
    )
