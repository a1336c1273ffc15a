"""What the panel "confirmation" shows: to ask, to wait, what was opened."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext

from zamiast.helpline import matters
from zamiast.helpline.scripts import checks, live
from zamiast.records import covid as covid_record
from zamiast.verification import disclosure, wording
from zamiast.verification.confirming import Standing
from zamiast.verification.papers import Pair

NUMBERS = 3


@dataclass(frozen=True)
class Line:
    """A field of the confirmed matter; ``value`` is None while it is closed."""

    code: str
    name: str
    value: str | None


def panel(
    standing: Standing,
    *,
    caller: str,
    matter: str = "",
    digits: str = "",
    pair: Pair | None = None,
    values: dict[str, str] | None = None,
    sentence: str = "",
    asked_act: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """The context of the panel. Values come through the table of disclosure or not at all."""
    chosen = _chosen(standing, matter)
    level = 2 if standing.is_confirmed else 1
    shown = disclosure.let_out(values or {}, level, standing.matter)
    return {
        "standing": standing,
        "state": standing.state,
        "matters": [(code, matters.name(code, _reader())) for code in disclosure.MATTERS],
        "chosen": chosen,
        "matter_name": matters.name(standing.matter, _reader()) if standing.matter else "",
        "fields": [(code, wording.FIELDS[code]) for code in disclosure.on_request(chosen)],
        "lines": [Line(code, str(wording.FIELDS[code]),
                       _value(code, shown.get(code), standing.matter or ""))
                  for code in standing.fields] if standing.is_confirmed else [],
        "asked_names": wording.names(standing.fields),
        "digits": wording.pairs(digits) if digits else "",
        "aloud": wording.aloud(caller),
        "pair": pair,
        "acts": [(code, wording.ACTS[code]) for code in disclosure.strong_acts(standing.matter)]
        if standing.is_confirmed else [],
        "act_state": asked_act[1] if asked_act else "",
        "act_name": wording.ACTS[asked_act[0]] if asked_act else "",
        "aloud_pair": wording.aloud_pair(caller, pair.nth) if pair else [],
        "caller": caller,
        "numbers_left": NUMBERS - standing.numbers,
        "sentence": sentence,
        "all_open": bool(shown) and len(shown) == len(standing.fields),
    }  # fmt: skip


def _value(code: str, value: str | None, matter: str) -> str | None:
    if value and code in _IN_WORDS:
        return _IN_WORDS[code](value, matter)
    return readable(value)


def covid(record: str, matter: str) -> str:
    """The doses in the records, and why there is no referral, for the consultant to say."""
    facts = covid_record.read(record)
    found = live.read("referral", record, matter, {}, timezone.now())
    doses = [f"{formats.date_format(dose.day, 'j E Y')} ({dose.facility or '–'})"
             for dose in facts.doses]  # fmt: skip
    known = ", ".join(doses) or gettext("No COVID-19 vaccination is recorded.")
    return "\n".join([known, *checks.for_consultant(found, _reader())])


def access_reasons(facts: str, matter: str) -> str:
    """Why other accounts are not open to the caller, for the consultant to say."""
    found = live.read("access", facts, matter, {}, timezone.now())
    return "\n".join(checks.for_consultant(found, _reader()))


_IN_WORDS = {"covid_record": covid, "access_reasons": access_reasons}


def readable(value: str | None) -> str | None:
    """A whole date as people of the page's language write it; anything else as it is.

    >>> readable("Anna Nowak"), readable("1951"), readable(None)
    ('Anna Nowak', '1951', None)
    """
    try:
        return formats.date_format(datetime.date.fromisoformat(value or ""), "j E Y")
    except ValueError:
        return value


def _chosen(standing: Standing, matter: str) -> str:
    for code in (matter, standing.matter):
        if code in disclosure.MATTERS:
            return str(code)
    return disclosure.MATTERS[0]


def _reader() -> str:
    return get_language() or "pl"
