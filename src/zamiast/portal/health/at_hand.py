"""What a phone keeps of the records for when there is no network: insurance, prescriptions.

Only what can still be used, in words that need nothing else: at the pharmacy the QR code,
or the key below it, is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zamiast.guardianship.grants import Grant
from zamiast.portal.health import detail, lines
from zamiast.records import selectors
from zamiast.records.models import Entry

MOST = 20


def insurance(grants: Sequence[Grant]) -> list[dict[str, str]]:
    """By what somebody is insured now, a line each."""
    rows = selectors.entries(grants, ("Coverage",))[:MOST]
    return [{"text": _insured(one)} for one in rows if not lines.is_over(one)]


def prescriptions(grants: Sequence[Grant]) -> list[dict[str, str]]:
    """What can be collected, the newest first: name, until when, the key as QR and in digits."""
    rows = selectors.entries(grants, ("MedicationRequest",)).exclude(access_key="")
    usable = [one for one in rows.filter(status="active") if lines.is_usable(one)]
    strange = selectors.reported_as_strange(grants, [one.pk for one in usable])
    return [_prescription(one) for one in usable if one.pk not in strange][:MOST]


def _insured(one: Entry) -> str:
    state = lines.state(one)
    since = _("since %(day)s") % {"day": lines.when(one)} if one.at else ""
    until = _("valid until %(until)s") % {"until": lines.day(one.ends_on)} if one.ends_on else ""
    parts = (one.display, str(state.text) if state else "", since, until, one.performer)
    return " · ".join(filter(None, parts))


def _prescription(one: Entry) -> dict[str, str]:
    key = detail.key(one)
    until = _("valid until %(until)s") % {"until": lines.day(one.ends_on)} if one.ends_on else ""
    return {
        "name": one.display,
        "validity": until,
        "code": _("Code of 4 digits") + f": {one.access_code}" if one.access_code else "",
        "qr": key.svg if key else "",
        "key": key.groups if key else "",
    }
