"""Importing a folder of FHIR files: read, take apart, write in batches.

The files are read twice: patients first, then everything else, so that an entry finds its
patient in whatever order the files come. Each batch is a transaction of its own. Nothing
else is remembered: an import that was stopped anywhere is run again from the beginning,
passes over what is there already and ends in the same state. At the end one event tells
the totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from zamiast.audit import telling
from zamiast.audit.services import Actor, Purpose, machine, record
from zamiast.records import receiving, services
from zamiast.records.fhir import (
    allergy_intolerance,
    appointment,
    condition,
    coverage,
    document_reference,
    encounter,
    explanation_of_benefit,
    immunization,
    location,
    medication_dispense,
    medication_request,
    numbers,
    organization,
    patient,
    practitioner,
    practitioner_role,
    procedure,
    reader,
    service_request,
    stated,
)
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found, Place, Refusal, Refused
from zamiast.registry import intake
from zamiast.registry.vault.client import Kind
from zamiast.registry.vault.linking import Linking

BATCH = 500
PARTIES: dict[str, Callable[[Found, str], services.PartyRow]] = {
    "Practitioner": practitioner.take,
    "Organization": organization.take,
    "Location": location.take,
    "PractitionerRole": practitioner_role.take,
}
ENTRIES: dict[str, Callable[[Found, str], EntryRow]] = {
    "MedicationRequest": medication_request.take,
    "MedicationDispense": medication_dispense.take,
    "ServiceRequest": service_request.take,
    "Appointment": appointment.take,
    "Encounter": encounter.take,
    "Procedure": procedure.take,
    "Immunization": immunization.take,
    "Condition": condition.take,
    "AllergyIntolerance": allergy_intolerance.take,
    "DocumentReference": document_reference.take,
    "Coverage": coverage.take,
    "ExplanationOfBenefit": explanation_of_benefit.take,
}
FACTS = ("RelatedPerson", "Consent")  # who may see whose account; Coverage says that too
TYPES = ("Patient", *PARTIES, *ENTRIES, *FACTS)
KEPT = 1000
_STATED = "stated"  # one batch for all facts
_ENTRIES = "entries"  # one batch for all of them: what matters is how many, not which


@dataclass
class Count:
    """What became of the resources of one type."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    replaced: int = 0  # by another record of the same patient


@dataclass
class Summary:
    """What an import did; ``refusals`` holds the first thousand, ``refused`` counts all."""

    source: str
    files: int = 0
    imported: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in TYPES})
    not_yet_imported: Counter[str] = field(default_factory=Counter)
    accounts_opened: int = 0
    accounts_closed_by_death: int = 0
    alive_again: int = 0
    numbers_stored: int = 0  # in the vault
    joined_by_number: int = 0  # records of somebody whom another source had brought
    conflicts: int = 0  # numbers that somebody has to decide about
    facts_new: int = 0  # who insures, represents, is authorised
    facts_changed: int = 0
    facts_unchanged: int = 0
    disputes_ended: int = 0  # entries that somebody had reported, and their author changed
    pesels_left_out: int = 0
    other_numbers_left_out: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)


class Import:
    """One run: batches wait here until they are full."""

    def __init__(
        self,
        source: str,
        on_refusal: Callable[[Refusal], None] = lambda _: None,
        linking: Linking | None = None,
        *,
        tell: bool = False,
    ) -> None:
        """Without ``linking`` national numbers are left out; with ``tell`` holders hear of it."""
        self.source = source
        self.linking = linking
        self.tell = tell
        self.by: Actor = machine(f"import:{source}")
        self.summary = Summary(source)
        self.on_refusal = on_refusal
        self.waiting: dict[str, list[tuple[Place, Any]]] = {
            name: [] for name in ("Patient", *PARTIES, _ENTRIES, _STATED)
        }
        self.accounts = receiving.Accounts()

    def run(self, path: Path, on_bytes: Callable[[int], None] = lambda _: None) -> Summary:
        """Import everything in ``path``; ``on_bytes`` hears how much was read."""
        files = reader.files(path)
        self.summary.files = len(files)
        whole = sum(file.stat().st_size for file in files)
        for patients in (True, False):
            before = 0 if patients else whole
            for file in files:
                for item in reader.read(file, partial(_onwards, on_bytes, before)):
                    self._receive(item, patients=patients)
                before += file.stat().st_size
            for kind in self.waiting:
                self._write(kind)
        self._finish()
        return self.summary

    def _receive(self, item: Found | Refusal, *, patients: bool) -> None:
        """Take one resource up, in the reading to which it belongs."""
        if isinstance(item, Refusal):
            if patients:  # told once, though it is met twice
                self._refuse(item)
        elif (item.type == "Patient") is not patients:
            return
        elif item.type not in TYPES:
            self.summary.not_yet_imported[_plain(item.type)] += 1
        else:
            self._take(item)

    def _take(self, item: Found) -> None:
        self.summary.imported[item.type].read += 1
        try:
            taken = self._apart(item)
            facts = (
                stated.STATED[item.type](item, self.source) if item.type in stated.STATED else []
            )
        except Refused as refused:
            self._refuse(Refusal(item.place, f"{item.type}: {refused}"), item.type)
            return
        if taken is not None and item.type not in FACTS:
            self._wait(_ENTRIES if item.type in ENTRIES else item.type, item.place, taken)
        for one in facts:
            self._wait(_STATED, item.place, (item.type, one))

    def _wait(self, batch: str, place: Place, taken: Any) -> None:
        self.waiting[batch].append((place, taken))
        if len(self.waiting[batch]) >= BATCH:
            self._write(batch)

    def _apart(self, found: Found) -> Any:
        """Take one resource apart, into what its table needs; None when there is nothing to do."""
        if found.type in FACTS:
            return None
        if found.type in PARTIES:
            return PARTIES[found.type](found, self.source)
        if found.type in ENTRIES:
            row = ENTRIES[found.type](found, self.source)
            self.summary.pesels_left_out += row.pesels
            self.summary.other_numbers_left_out += row.others
            return row
        arrived = patient.take(found, self.source)
        if arrived is None:
            self.summary.imported["Patient"].replaced += 1
            return None
        self._count_left_out(arrived)
        return arrived

    def _count_left_out(self, arrived: patient.Arrived) -> None:
        taken = arrived.numbers.given if self.linking else ()
        pesels = sum(one.number.kind is Kind.PESEL for one in taken)
        others = len(taken) - pesels
        self.summary.pesels_left_out += max(0, arrived.pesels - pesels)
        self.summary.other_numbers_left_out += max(0, arrived.other_numbers - others)

    def _write(self, kind: str) -> None:
        """Write what waits, in one transaction."""
        batch, self.waiting[kind] = self.waiting[kind], []
        if not batch:
            return
        if kind in (_ENTRIES, _STATED):
            (self._entries if kind == _ENTRIES else self._stated)(batch)
            return
        done: intake.Received | services.Written
        if kind == "Patient":
            done = self._people(batch)
        else:
            done = services.receive_parties(kind, [row for _, row in batch], by=self.by)
        count = self.summary.imported[kind]
        count.new += done.new
        count.changed += done.changed
        count.unchanged += done.unchanged

    def _entries(self, batch: list[tuple[Place, EntryRow]]) -> None:
        rows = [row for _, row in batch]
        with transaction.atomic():
            done = receiving.receive(rows, self.source, by=self.by, accounts=self.accounts)
            for account in sorted(done.accounts) if self.tell else ():
                telling.tell(account, telling.Kind.ENTRY)
        for place in done.unknown:
            kind = batch[place][1].kind
            self._refuse(Refusal(batch[place][0], f"{kind}: the patient is not known here"), kind)
        for name, kinds in (("new", done.new), ("changed", done.changed),
                            ("unchanged", done.unchanged)):  # fmt: skip
            for kind, number in kinds.items():
                count = self.summary.imported[kind]
                setattr(count, name, getattr(count, name) + number)
        self.summary.disputes_ended += done.disputes_ended

    def _stated(self, batch: list[tuple[Place, tuple[str, stated.Statement]]]) -> None:
        """Take in who insures, represents or is authorised, and tell what was not usable."""
        rows = [row for _, (_, row) in batch]
        done = stated.receive(rows, by=self.by, accounts=self.accounts)
        for place, reason in done.refused:
            kind = batch[place][1][0]
            self._refuse(Refusal(batch[place][0], f"{kind}: {reason}"), kind)
        self.summary.facts_new += done.new
        self.summary.facts_changed += done.changed
        self.summary.facts_unchanged += done.unchanged

    def _people(self, batch: list[tuple[Place, patient.Arrived]]) -> intake.Received:
        if self.linking:
            rows = [(arrived.incoming, arrived.numbers) for _, arrived in batch]
            done = self._linked(batch, numbers.receive(rows, self.linking, by=self.by))
        else:
            done = intake.receive([arrived.incoming for _, arrived in batch], by=self.by)
        for place in done.ambiguous:
            reason = "Patient: its numbers belong to different persons here"
            self._refuse(Refusal(batch[place][0], reason), "Patient")
        self.summary.accounts_opened += done.opened
        self.summary.accounts_closed_by_death += done.closed
        self.summary.alive_again += done.alive_again
        return done

    def _linked(
        self, batch: list[tuple[Place, patient.Arrived]], outcome: numbers.Outcome
    ) -> intake.Received:
        """Count what became of the numbers; refused are people, conflicts only their numbers."""
        self.summary.numbers_stored += outcome.stored
        self.summary.joined_by_number += outcome.joined
        self.summary.conflicts += len(outcome.refused) + len(outcome.conflicts)
        for place, reason in outcome.refused:
            self._refuse(Refusal(batch[place][0], f"Patient: {reason}"), "Patient")
        for place, reason in outcome.conflicts:
            self._refuse(Refusal(batch[place][0], f"Patient: {reason}"))
        return outcome.received

    def _refuse(self, refusal: Refusal, kind: str = "") -> None:
        self.summary.refused += 1
        if kind:
            self.summary.imported[kind].refused += 1
        if len(self.summary.refusals) < KEPT:
            self.summary.refusals.append(refusal)
        self.on_refusal(refusal)

    def _finish(self) -> None:
        every = self.summary.imported.values()
        told = Purpose(
            reason=f"new: {sum(one.new for one in every)},"
            f" changed: {sum(one.changed for one in every)},"
            f" unchanged: {sum(one.unchanged for one in every)}, refused: {self.summary.refused}"
        )
        with transaction.atomic():
            record("import.finished", by=self.by, purpose=told)


def _onwards(on_bytes: Callable[[int], None], before: int, done: int) -> None:
    on_bytes(before + done)


def _plain(kind: str) -> str:
    """The name of a resource type, which stands in the summary: letters only, and not long."""
    return kind if kind.isascii() and kind.isalpha() and len(kind) <= 64 else "(no FHIR type)"
