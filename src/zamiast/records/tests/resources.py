"""One example of each resource, in the shape of the examples of the FHIR R4 specification."""

from __future__ import annotations

from typing import Any

PATIENT = {"reference": "Patient/p1", "display": "Anna Nowak"}
ICD10 = "http://hl7.org/fhir/sid/icd-10"
ATC = "http://www.whocc.no/atc"
KEY = "12345678901234567890123456789012345678901234"


def concept(system: str, code: str, display: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}]}


EXAMPLES: dict[str, dict[str, Any]] = {
    "MedicationRequest": {
        "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order",
        "identifier": [{"system": "urn:zamiast:access-key", "value": KEY},
                       {"system": "urn:zamiast:access-code", "value": "0417"}],
        "medicationCodeableConcept": concept(ATC, "C09AA05", "Ramipryl 5 mg"),
        "subject": PATIENT, "authoredOn": "2026-10-02",
        "requester": {"reference": "Practitioner/d1", "display": "Jan Lis"},
        "dosageInstruction": [{"text": "1 tabletka rano"}],
        "dispenseRequest": {"validityPeriod": {"start": "2026-10-02", "end": "2027-10-02"},
                            "quantity": {"value": 60, "unit": "tabl."}},
    },
    "MedicationDispense": {
        "resourceType": "MedicationDispense", "id": "md1", "status": "completed",
        "medicationCodeableConcept": concept(ATC, "C09AA05", "Ramipryl 5 mg"),
        "subject": PATIENT, "authorizingPrescription": [{"reference": "MedicationRequest/m1"}],
        "performer": [{"actor": {"display": "Apteka pod Lwem"}}],
        "quantity": {"value": 30}, "whenHandedOver": "2026-10-03T09:12:00+02:00",
    },
    "ServiceRequest": {
        "resourceType": "ServiceRequest", "id": "s1", "status": "active", "intent": "order",
        "code": concept("http://snomed.info/sct", "394579002", "Cardiology"),
        "subject": PATIENT, "authoredOn": "2026-09-01",
        "requester": {"display": "Jan Lis"}, "occurrencePeriod": {"end": "2027-09-01"},
    },
    "Appointment": {
        "resourceType": "Appointment", "id": "a1", "status": "booked",
        "serviceType": [{"text": "Kardiolog"}], "start": "2026-12-11T10:30:00+01:00",
        "participant": [{"actor": PATIENT, "status": "accepted"},
                        {"actor": {"display": "Poradnia Kardiologiczna"}, "status": "accepted"}],
        "basedOn": [{"reference": "ServiceRequest/s1"}],
    },
    "Encounter": {
        "resourceType": "Encounter", "id": "e1", "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "type": [{"text": "Porada lekarska"}], "subject": PATIENT,
        "period": {"start": "2026-09-01T08:00:00+02:00", "end": "2026-09-01T08:20:00+02:00"},
        "serviceProvider": {"display": "Przychodnia Lipowa"},
    },
    "Procedure": {
        "resourceType": "Procedure", "id": "pr1", "status": "completed",
        "code": concept("http://hl7.org/fhir/sid/icd-9-pl", "89.52", "Elektrokardiogram"),
        "subject": PATIENT, "performedDateTime": "2026-09-01",
        "encounter": {"reference": "Encounter/e1"},
        "performer": [{"actor": {"display": "Jan Lis"},
                       "onBehalfOf": {"display": "Przychodnia Lipowa"}}],
    },
    "Immunization": {
        "resourceType": "Immunization", "id": "i1", "status": "completed",
        "vaccineCode": concept(ATC, "J07BN01", "Szczepionka COVID-19 mRNA"),
        "patient": PATIENT, "occurrenceDateTime": "2025-09-30", "lotNumber": "AAJN11K",
        "performer": [{"actor": {"display": "Punkt szczepień Lipowa"}}],
        "protocolApplied": [{"doseNumberPositiveInt": 1, "seriesDosesPositiveInt": 1}],
    },
    "Condition": {
        "resourceType": "Condition", "id": "c1",
        "clinicalStatus": concept("http://terminology.hl7.org/CodeSystem/condition-clinical",
                                  "active"),
        "code": concept(ICD10, "I10", "Nadciśnienie samoistne (pierwotne)"), "subject": PATIENT,
        "onsetDateTime": "2019-05", "recorder": {"display": "Jan Lis"},
    },
    "AllergyIntolerance": {
        "resourceType": "AllergyIntolerance", "id": "al1", "patient": PATIENT,
        "clinicalStatus": concept(
            "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active"),
        "code": {"text": "Orzeszki ziemne"}, "recordedDate": "2014-10-09T14:58:00+02:00",
        "criticality": "high", "reaction": [{"manifestation": [{"text": "Pokrzywka"}]}],
    },
    "DocumentReference": {
        "resourceType": "DocumentReference", "id": "dr1", "status": "current",
        "type": concept("http://loinc.org", "18842-5", "Karta informacyjna"), "subject": PATIENT,
        "date": "2026-03-03T12:00:00Z", "custodian": {"display": "Szpital Miejski"},
        "content": [{"attachment": {"contentType": "text/plain", "title": "Karta",
                                    "data": "V3lwaXMgZG8gZG9tdS4="}}],
    },
    "Coverage": {
        "resourceType": "Coverage", "id": "co1", "status": "active",
        "type": {"text": "Umowa o pracę"}, "beneficiary": PATIENT,
        "period": {"start": "2020-01-01"}, "payor": [{"display": "NFZ"}],
    },
    "ExplanationOfBenefit": {
        "resourceType": "ExplanationOfBenefit", "id": "eob1", "status": "active",
        "type": {"text": "Porada"}, "use": "claim", "patient": PATIENT, "created": "2026-09-30",
        "billablePeriod": {"start": "2026-09-01"}, "insurer": {"display": "NFZ"},
        "provider": {"display": "Przychodnia Lipowa"}, "outcome": "complete",
        "insurance": [{"focal": True, "coverage": {"display": "NFZ"}}],
        "item": [{"sequence": 1, "productOrService": {"text": "Porada lekarska"},
                  "encounter": [{"reference": "Encounter/e1"}]}],
        "payment": {"amount": {"value": 87.5, "currency": "PLN"}},
    },
}  # fmt: skip
