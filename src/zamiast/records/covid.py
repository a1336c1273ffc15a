"""COVID-19 vaccinations in the records, as ``pure.eligibility`` asks for them.

>>> found = read('{"born": "1951-03-17", "doses": [{"day": "2021-05-10", "facility": "Lipowa",'
...              ' "protocol": {"doseNumberPositiveInt": 2, "seriesDosesPositiveInt": 2}}]}')
>>> found.doses[0].kind, found.doses[0].correct
(<DoseKind.COURSE: 'course'>, True)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable

import msgspec

from zamiast.pure.eligibility.calendar import WARSAW
from zamiast.pure.eligibility.facts import Asks, Dose, DoseKind, Facts, Referral
from zamiast.records.models import Entry

_COVID = re.compile("covid|sars-cov-2", re.IGNORECASE)  # as sql/covid.sql has it
_VACCINATION = re.compile("szczep|vaccin|щеплен", re.IGNORECASE)
SEASONAL_SINCE = datetime.date(2023, 9, 1)  # from then on one dose a season


class _Protocol(msgspec.Struct):
    doseNumberPositiveInt: int = 0
    seriesDosesPositiveInt: int = 0
    series: str = ""


class _Given(msgspec.Struct):
    day: datetime.date
    facility: str = ""
    protocol: _Protocol | None = None
    disputed: bool = False


class _Issued(msgspec.Struct):
    issued: datetime.date
    last_day: datetime.date
    is_used: bool = False


class _Record(msgspec.Struct):
    born: datetime.date | None = None
    doses: list[_Given] = []
    referrals: list[_Issued] = []


_DECODER = msgspec.json.Decoder(_Record)


def read(text: str) -> Facts:
    """What ``disclosure_covid_record`` says, as facts of somebody who asks for a vaccination.

    Of a dose that its holder reported as wrong only the author can say how it was.
    """
    record = _DECODER.decode(text)
    return _facts(record.born, record.doses, record.referrals)


def of_entries(
    born: datetime.date | None, entries: Iterable[Entry], disputed: Collection[int]
) -> Facts:
    """The same of entries that a grant opened: vaccinations, and referrals to one.

    ``disputed`` are the numbers of entries that were reported as wrong and stand so.
    """
    known = list(entries)
    doses = [_given(one, one.pk in disputed) for one in known if _is_dose(one)]
    referrals = [found for one in known if (found := _referral(one))]
    return _facts(born, sorted(doses, key=lambda dose: dose.day), referrals)


def _facts(
    born: datetime.date | None, doses: Iterable[_Given], referrals: Iterable[_Issued]
) -> Facts:
    return Facts(
        asks=Asks.VACCINATION,
        in_register=True,
        born=born,
        doses=tuple(
            Dose(one.day, _kind(one), correct=not one.disputed, facility=one.facility)
            for one in doses
        ),
        referrals=tuple(
            Referral(
                one.issued,
                one.last_day + datetime.timedelta(days=1),
                used=one.issued if one.is_used else None,
            )
            for one in referrals
        ),
    )


def _is_dose(one: Entry) -> bool:
    is_covid = one.code.startswith("J07BN") or _COVID.search(one.display)
    return bool(one.kind == "Immunization" and one.status == "completed" and one.at and is_covid)


def _given(one: Entry, disputed: bool) -> _Given:
    protocols = one.content.get("protocolApplied") or [None]
    return _Given(
        _day(one), one.performer, msgspec.convert(protocols[0], _Protocol | None), disputed
    )


def _referral(one: Entry) -> _Issued | None:
    """A referral to a vaccination; without its last day nobody can say whether it holds."""
    is_one = one.kind == "ServiceRequest" and _COVID.search(one.display)
    if not is_one or not _VACCINATION.search(one.display) or not one.at or not one.ends_on:
        return None
    if one.status not in ("active", "completed"):
        return None
    return _Issued(_day(one), one.ends_on, one.status == "completed")


def _day(one: Entry) -> datetime.date:
    assert one.at is not None
    return one.at.astimezone(WARSAW).date()


def _kind(one: _Given) -> DoseKind:
    """What a dose completed, by the series in which it was given."""
    said = one.protocol or _Protocol()
    if "booster" in said.series.lower():
        return DoseKind.BOOSTER
    if 0 < said.doseNumberPositiveInt < said.seriesDosesPositiveInt:
        return DoseKind.FIRST
    if said.doseNumberPositiveInt > said.seriesDosesPositiveInt > 0:
        return DoseKind.BOOSTER
    return DoseKind.SEASONAL if one.day >= SEASONAL_SINCE else DoseKind.COURSE
