"""Which dose is which, out of what FHIR says of the series."""

import json

import pytest

from zamiast.pure.eligibility.facts import DoseKind
from zamiast.records.covid import read


@pytest.mark.parametrize(
    ("day", "protocol", "kind"),
    [
        ("2021-04-10", {"doseNumberPositiveInt": 1, "seriesDosesPositiveInt": 2}, DoseKind.FIRST),
        ("2021-05-10", {"doseNumberPositiveInt": 2, "seriesDosesPositiveInt": 2}, DoseKind.COURSE),
        ("2021-05-10", {"doseNumberPositiveInt": 1, "seriesDosesPositiveInt": 1}, DoseKind.COURSE),
        ("2021-12-10", {"doseNumberPositiveInt": 3, "seriesDosesPositiveInt": 2}, DoseKind.BOOSTER),
        ("2021-12-10", {"series": "Booster"}, DoseKind.BOOSTER),
        (
            "2025-09-30",
            {"doseNumberPositiveInt": 1, "seriesDosesPositiveInt": 1},
            DoseKind.SEASONAL,
        ),
        ("2025-09-30", None, DoseKind.SEASONAL),
    ],
)
def test_the_series_tells_what_a_dose_completed(day, protocol, kind):
    record = {"born": "1951-03-17", "doses": [{"day": day, "protocol": protocol}]}
    assert [dose.kind for dose in read(json.dumps(record)).doses] == [kind]


def test_a_record_without_anything_is_no_dose():
    assert read('{"born": null, "doses": []}').doses == ()
