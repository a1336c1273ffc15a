"""The copy for programs is FHIR R4: read by models that others wrote from the specification."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from zamiast.helpline import letters
from zamiast.helpline.models import Message
from zamiast.portal.tests.conftest import case_of, looked
from zamiast.portal.tests.test_health import bring
from zamiast.portal.tests.test_my_data import archive
from zamiast.records.fhir import outgoing
from zamiast.records.tests.resources import EXAMPLES
from zamiast.records.tests.valid import faults

PESEL = {"system": "urn:oid:2.16.840.1.113883.3.4424.1.1.616", "value": "44051401458"}


@pytest.fixture(autouse=True)
def _factor_was_shown(monkeypatch) -> None:
    monkeypatch.setattr("zamiast.login.stepup._last", lambda *_, **__: timezone.now())


def wrong(bundle: dict[str, Any]) -> list[str]:
    every = [bundle, *(entry["resource"] for entry in bundle["entry"])]
    return [fault for one in every for fault in faults(one)]


def test_the_models_see_a_fault_where_one_is():
    assert faults({"resourceType": "Condition", "code": {"coding": "I10"}})
    assert faults({"resourceType": "Encounter", "id": "1"})  # neither status nor class


def test_the_copy_is_fhir_whatever_was_cut_out_and_changed(at_portal, holder, account) -> None:
    case = case_of(account, is_confirmed=True, level=2)
    Message.objects.create(case=case, is_from_holder=True, author_name="holder", text="Dzień dobry")
    looked(account)
    bring(account)
    bring(account, *EXAMPLES, source="cut", identifier=[PESEL], note=[{"text": ""}])
    for status in ("on-hold", "stopped"):
        bring(account, "MedicationRequest", status=status)
    assert len(letters.letters_of(case.number, account.pk)) == 1
    files = archive(at_portal(holder))
    now, before = (json.loads(files[name]) for name in ("fhir-bundle.json", "fhir-before.json"))
    kinds = {entry["resource"]["resourceType"] for entry in now["entry"]}
    assert kinds == {"Patient", "AuditEvent", "Task", "Communication", *EXAMPLES}
    assert wrong(now) == []
    assert wrong(before) == []
    assert PESEL["value"] not in files["fhir-bundle.json"].decode()
    for bundle in (now, before):  # bdl-7: one address, one version
        named = [(one["fullUrl"], one["resource"].get("meta", {}).get("versionId"))
                 for one in bundle["entry"]]  # fmt: skip
        assert len(named) == len(set(named))
    assert [one["resource"]["status"] for one in before["entry"]] == ["active", "on-hold"]


def test_what_was_cut_out_leaves_no_gap():
    cut = {"resourceType": "Patient", "identifier": [{}, {"value": "7"}], "name": [{"given": []}],
           "contact": [{"name": {"_family": {"extension": [{}]}}}], "deceasedBoolean": False,
           "multipleBirthInteger": 0}  # fmt: skip
    assert outgoing.without_gaps(cut) == {
        "resourceType": "Patient", "identifier": [{"value": "7"}], "deceasedBoolean": False,
        "multipleBirthInteger": 0,
    }  # fmt: skip
    given = {"given": ["Anna", None], "_given": [None, {"id": "second"}]}
    assert outgoing.without_gaps(given) == given
