"""One person's records as FHIR resources, drawn from the catalogue."""

from __future__ import annotations

import base64
import datetime
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from zamiast.demo.health.catalogue import NAMES, Illness, Medicine

Resource = dict[str, Any]
_PRIVATE, _FUND = ("private", "Pacjent, prywatnie"), ("nfz", "Narodowy Fundusz Zdrowia")
ICD10 = "http://hl7.org/fhir/sid/icd-10"
ICD9PL = "http://hl7.org/fhir/sid/icd-9-pl"
_CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ATC = "http://www.whocc.no/atc"
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Somebody:
    """Whose records: under which key the person is known here, and born when."""

    system: str
    value: str
    born: datetime.date
    gender: str = "female"
    until: datetime.date | None = None  # the day of death


@dataclass
class Records:
    """The resources of one person; each verb adds some and returns the day or the id."""

    who: Somebody
    random: Random
    today: datetime.date
    made: list[Resource] = field(default_factory=list)

    def add(self, kind: str, *, named: str = "subject", **fields: Any) -> str:
        """One resource; the id tells whose it is and the how-manieth."""
        number = f"{self.who.system.replace(':', '-')}-{self.who.value}-{len(self.made)}"
        patient = {"identifier": {"system": self.who.system, "value": self.who.value}}
        if named:
            fields[named] = patient
        self.made.append({"resourceType": kind, "id": number, **fields})
        return number

    def visit(self, day: datetime.date, facility: str, doctor: str, what: str, *,
              price: int = 95, private: bool = False, code: str = "AMB",
              days: int = 0) -> str:  # fmt: skip
        """A visit or a stay, and what it cost whom."""
        hour = f"{self.random.randrange(8, 18):02}:{self.random.choice(('00', '20', '40'))}:00"
        start = f"{day}T{hour}{_offset(day)}"
        end = f"{day + days * DAY}T19:00:00{_offset(day)}"
        number = self.add(
            "Encounter", status="finished", type=[{"text": what}],
            **cast("dict[str, Any]", {"class": {"system": _CLASSES, "code": code}}),
            period={"start": start, "end": end},
            serviceProvider=_named("Organization", facility),
            participant=[{"individual": {"display": doctor}}],
        )  # fmt: skip
        self.cost(number, day, facility, what, price, private=private)
        return number

    def cost(self, encounter: str, day: datetime.date, facility: str, what: str, price: int, *,
             private: bool) -> None:  # fmt: skip
        """What a visit cost, and who paid: the fund or the patient."""
        payer = _PRIVATE if private else _FUND
        self.add(
            "ExplanationOfBenefit", named="patient", status="active", use="claim",
            outcome="complete", type={"text": what}, created=str(min(day + 20 * DAY, self.today)),
            billablePeriod={"start": str(day)}, provider=_named("Organization", facility),
            insurer={"identifier": {"system": "urn:zamiast:payer", "value": payer[0]},
                     "display": payer[1]},
            insurance=[{"focal": True, "coverage": {"display": payer[1]}}],
            item=[{"sequence": 1, "productOrService": {"text": what},
                   "encounter": [{"reference": f"Encounter/{encounter}"}]}],
            payment={"amount": {"value": price, "currency": "PLN"}},
        )  # fmt: skip

    def condition(self, illness: Illness, day: datetime.date, facility: str, encounter: str) -> str:
        """That somebody has, or had, an illness."""
        state = "active" if illness.lasting else "resolved"
        over = {} if illness.lasting else {"abatementDateTime": str(day + 14 * DAY)}
        return self.add(
            "Condition", **over, onsetDateTime=str(day),
            clinicalStatus=_concept(
                "http://terminology.hl7.org/CodeSystem/condition-clinical", state, ""),
            code=_concept(ICD10, illness.icd10, illness.name),
            encounter={"reference": f"Encounter/{encounter}"},
            recorder=_named("Organization", facility),
        )  # fmt: skip

    def prescription(self, medicine: Medicine, day: datetime.date, facility: str, doctor: str, *,
                     state: str = "") -> None:  # fmt: skip
        """A prescription, and what the pharmacy gave out; ``state`` chooses, else the day does."""
        digits = "".join(self.random.choice("0123456789") for _ in range(48))
        valid = day + (medicine.days) * DAY
        state = state or self._state(valid)
        number = self.add(
            "MedicationRequest", intent="order", authoredOn=str(day),
            status={"filled": "completed", "cancelled": "cancelled"}.get(state, "active"),
            identifier=[{"system": "urn:zamiast:access-key", "value": digits[:44]},
                        {"system": "urn:zamiast:access-code", "value": digits[44:]}],
            medicationCodeableConcept=_concept(ATC, medicine.atc, medicine.name),
            requester={"display": f"{doctor}, {NAMES[facility]}"},
            dosageInstruction=[{"text": medicine.dose}],
            dispenseRequest={"validityPeriod": {"start": str(day), "end": str(valid)},
                             "quantity": {"value": medicine.quantity, "unit": medicine.unit}},
        )  # fmt: skip
        if state in ("filled", "partly"):
            given = max(1, medicine.quantity // 2) if state == "partly" else medicine.quantity
            later = min(day + self.random.randrange(1, 5) * DAY, self.today)
            self.add(
                "MedicationDispense", status="completed", whenHandedOver=str(later),
                medicationCodeableConcept=_concept(ATC, medicine.atc, medicine.name),
                authorizingPrescription=[{"reference": f"MedicationRequest/{number}"}],
                performer=[{"actor": _named("Organization", "apteka")}],
                quantity={"value": given, "unit": medicine.unit},
            )  # fmt: skip

    def _state(self, valid: datetime.date) -> str:
        if valid < self.today:
            return self.random.choice(("filled", "filled", "filled", "issued"))
        return self.random.choice(("issued", "partly", "filled", "cancelled", "issued"))

    def referral(self, what: str, day: datetime.date, doctor: str, facility: str, *,
                 used: bool) -> str:  # fmt: skip
        """A referral with its key and code."""
        digits = "".join(self.random.choice("0123456789") for _ in range(48))
        return self.add(
            "ServiceRequest", status="completed" if used else "active", intent="order",
            authoredOn=str(day), code={"text": what},
            identifier=[{"system": "urn:zamiast:access-key", "value": digits[:44]},
                        {"system": "urn:zamiast:access-code", "value": digits[44:]}],
            requester={"display": f"{doctor}, {NAMES[facility]}"},
        )  # fmt: skip

    def procedure(self, code: str, name: str, day: datetime.date, facility: str, doctor: str,
                  encounter: str) -> None:  # fmt: skip
        """A service given in a visit."""
        self.add(
            "Procedure", status="completed", code=_concept(ICD9PL, code, name),
            performedDateTime=str(day), encounter={"reference": f"Encounter/{encounter}"},
            performer=[{"actor": {"display": doctor},
                        "onBehalfOf": _named("Organization", facility)}],
        )  # fmt: skip

    def vaccination(self, vaccine: tuple[str, str], day: datetime.date, facility: str,
                    dose: int, doses: int) -> None:  # fmt: skip
        """A dose of a vaccine."""
        lot = "".join(self.random.choice("ABCDEFGHJK0123456789") for _ in range(6))
        self.add(
            "Immunization", named="patient", status="completed", occurrenceDateTime=str(day),
            vaccineCode=_concept(ATC, *vaccine), lotNumber=lot,
            performer=[{"actor": _named("Organization", facility)}],
            protocolApplied=[{"doseNumberPositiveInt": dose, "seriesDosesPositiveInt": doses}],
        )  # fmt: skip

    def document(self, loinc: str, kind: str, text: str, day: datetime.date,
                 facility: str) -> None:  # fmt: skip
        """A document with its text."""
        data = base64.b64encode(text.encode()).decode()
        self.add(
            "DocumentReference", status="current", date=f"{day}T12:00:00{_offset(day)}",
            type=_concept("http://loinc.org", loinc, kind),
            custodian=_named("Organization", facility),
            content=[{"attachment": {"contentType": "text/plain", "title": kind, "data": data}}],
        )  # fmt: skip


def _named(kind: str, key: str) -> dict[str, str]:
    return {"reference": f"{kind}/{key}", "display": NAMES[key]}


def _concept(system: str, code: str, display: str) -> dict[str, Any]:
    coding = {"system": system, "code": code}
    return {"coding": [{**coding, "display": display} if display else coding]}


def _offset(day: datetime.date) -> str:
    """The offset of Warsaw, nearly: summer time from April to October."""
    return "+02:00" if 4 <= day.month <= 10 else "+01:00"
