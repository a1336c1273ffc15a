"""COVID-19 vaccinations in the records, as ``pure.eligibility`` asks for them.

>>> found = read('{"born": "1951-03-17", "doses": [{"day": "2021-05-10", "facility": "Lipowa",'
...              ' "protocol": {"doseNumberPositiveInt": 2, "seriesDosesPositiveInt": 2}}]}')
>>> found.doses[0].kind, found.doses[0].correct
(<DoseKind.COURSE: 'course'>, True)
"""

from __future__ import annotations

import datetime

import msgspec

from zamiast.pure.eligibility.facts import Asks, Dose, DoseKind, Facts

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


class _Record(msgspec.Struct):
    born: datetime.date | None = None
    doses: list[_Given] = []


_DECODER = msgspec.json.Decoder(_Record)


def read(text: str) -> Facts:
    """What ``disclosure_covid_record`` says, as facts of somebody who asks for a vaccination.

    Of a dose that its holder reported as wrong only the author can say how it was.
    """
    record = _DECODER.decode(text)
    return Facts(
        asks=Asks.VACCINATION,
        in_register=True,
        born=record.born,
        doses=tuple(
            Dose(one.day, _kind(one), correct=not one.disputed, facility=one.facility)
            for one in record.doses
        ),
    )


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
