"""Importing a folder of FHIR files: read, take apart, write in batches.

Each batch is a transaction of its own. Nothing else is remembered: an import that was
stopped anywhere is run again from the beginning, passes over what is there already and
ends in the same state. At the end one event tells the totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from zamiast.audit.services import Actor, Purpose, machine, record
from zamiast.records import services
from zamiast.records.fhir import numbers, organization, patient, practitioner, reader
from zamiast.records.fhir.reader import Found, Place, Refusal, Refused
from zamiast.registry import intake
from zamiast.registry.vault.client import Kind
from zamiast.registry.vault.linking import Linking

BATCH = 500
TYPES = ("Patient", "Practitioner", "Organization")
KEPT = 1000


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
    ) -> None:
        """Without ``linking`` all national numbers are left out."""
        self.source = source
        self.linking = linking
        self.by: Actor = machine(f"import:{source}")
        self.summary = Summary(source)
        self.on_refusal = on_refusal
        self.waiting: dict[str, list[tuple[Place, Any]]] = {name: [] for name in TYPES}

    def run(self, path: Path, on_bytes: Callable[[int], None] = lambda _: None) -> Summary:
        """Import everything in ``path``; ``on_bytes`` hears how much was read."""
        before = 0
        for file in reader.files(path):
            self.summary.files += 1
            for item in reader.read(file, partial(_onwards, on_bytes, before)):
                self._receive(item)
            before += file.stat().st_size
        for kind in TYPES:
            self._write(kind)
        self._finish()
        return self.summary

    def _receive(self, item: Found | Refusal) -> None:
        if isinstance(item, Refusal):
            self._refuse(item)
        elif item.type not in TYPES:
            self.summary.not_yet_imported[_plain(item.type)] += 1
        else:
            self.summary.imported[item.type].read += 1
            try:
                taken = self._take(item)
            except Refused as refused:
                self._refuse(Refusal(item.place, f"{item.type}: {refused}"), item.type)
                return
            if taken is not None:
                self.waiting[item.type].append((item.place, taken))
                if len(self.waiting[item.type]) >= BATCH:
                    self._write(item.type)

    def _take(self, found: Found) -> Any:
        """Take one resource apart, into what its table needs; None when there is nothing to do."""
        if found.type == "Practitioner":
            return practitioner.take(found, self.source)
        if found.type == "Organization":
            return organization.take(found, self.source)
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
        rows = [row for _, row in batch]
        done: intake.Received | services.Written
        if kind == "Patient":
            done = self._people(batch)
        elif kind == "Practitioner":
            done = services.receive_practitioners(rows, by=self.by)
        else:
            done = services.receive_organizations(rows, by=self.by)
        count = self.summary.imported[kind]
        count.new += done.new
        count.changed += done.changed
        count.unchanged += done.unchanged

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
        counts = [
            f"{kind}: {count.new} new, {count.changed} changed, {count.unchanged} unchanged"
            for kind, count in self.summary.imported.items()
        ]
        told = Purpose(reason=f"{'; '.join(counts)}; refused: {self.summary.refused}")
        with transaction.atomic():
            record("import.finished", by=self.by, purpose=told)


def _onwards(on_bytes: Callable[[int], None], before: int, done: int) -> None:
    on_bytes(before + done)


def _plain(kind: str) -> str:
    """The name of a resource type, which stands in the summary: letters only, and not long."""
    return kind if kind.isascii() and kind.isalpha() and len(kind) <= 64 else "(no FHIR type)"
