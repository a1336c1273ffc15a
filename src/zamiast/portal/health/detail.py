"""One entry as the patient reads it: facts with names, plain words beside professional ones.

No advice: what is not written in the entry is not said here.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zamiast.portal import presenters
from zamiast.portal.health import lines, wording
from zamiast.portal.health.wording import State
from zamiast.portal.presenters import language
from zamiast.records import words
from zamiast.records.models import Entry, FormerEntry, Kept

Json = Mapping[str, Any]
PAYER = "urn:zamiast:payer"


@dataclass(frozen=True)
class Fact:
    """A name and what it is, in one or more lines."""

    name: str
    text: str
    soft: str = ""


@dataclass(frozen=True)
class Key:
    """What opens a prescription or a referral: as a QR code and in groups of four digits."""

    qr: Any
    svg: str
    groups: str
    code: str


@dataclass(frozen=True)
class Before:
    """What an entry said until an import changed it: in a line, and what else read otherwise."""

    until: str
    line: str
    facts: list[Fact]


@dataclass(frozen=True)
class Shown:
    """One entry, ready to be printed."""

    pk: int
    kind: str
    title: str
    state: State | None
    facts: list[Fact]
    key: Key | None = None
    text: str = ""
    former: list[Before] = field(default_factory=list)
    sent: str = ""
    is_mistaken: bool = False


def shown(
    one: Entry,
    parts: Sequence[Entry],
    *,
    where: str = "",
    whole: Entry | None = None,
    former: Sequence[FormerEntry] = (),
) -> Shown:
    """An entry with what belongs to it, in words."""
    facts = [*_common(one, where), *_FACTS.get(one.kind, _nothing)(one, parts), *_about(whole)]
    return Shown(
        pk=one.pk,
        kind=wording.kind(one.kind),
        title=one.display or wording.kind(one.kind),
        state=lines.state(one, parts),
        facts=[fact for fact in facts if fact.text],
        key=key(one),
        text=_text(one.content),
        former=_history(one, former),
        sent=json.dumps(one.content, ensure_ascii=False, indent=2, sort_keys=True),
        is_mistaken=one.status == "entered-in-error",
    )


def _common(one: Kept, where: str) -> Iterator[Fact]:
    plain = words.plain(one.code_system, one.code, language())
    if plain:
        yield Fact(_("In plain words"), plain, _("Our words, not the facility's."))
    yield Fact(_DATES.get(one.kind, lambda: _("When"))(), lines.when(one))
    yield Fact(_PLACES.get(one.kind, lambda: _("Facility"))(), one.performer or where)
    if one.code and one.code != one.display:
        name = words.system_name(one.code_system)
        soft = "" if plain else _("We have no plain words for this code.")
        yield Fact(_("Code"), f"{name}: {one.code}" if name else one.code, soft)


def _nothing(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    return iter(())


def _prescription(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:
    for dose in _each(one.content.get("dosageInstruction")):
        yield Fact(_("How to take it"), _said(dose) or _timing(dose))
    request = _dict(one.content.get("dispenseRequest"))
    yield Fact(_("How much"), _quantity(request.get("quantity")))
    if one.ends_on:
        yield Fact(_("Valid until"), lines.day(one.ends_on))
    for part in parts:
        if part.kind == "MedicationDispense":
            what = ", ".join(filter(None, (_quantity(part.content.get("quantity")),
                                           part.performer)))  # fmt: skip
            yield Fact(_("Collected"), f"{lines.when(part)}: {what}" if what else lines.when(part))


def _dispense(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    yield Fact(_("How much"), _quantity(one.content.get("quantity")))


def _referral(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    yield Fact(_("Because of"), _reasons(one.content))
    if one.ends_on:
        yield Fact(_("Valid until"), lines.day(one.ends_on))


def _visit(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:
    contact = str(_dict(one.content.get("class")).get("code", ""))
    yield Fact(_("Kind"), str(wording.CONTACTS.get(contact, contact)))
    if one.ends_on and one.at and one.ends_on > one.at.astimezone(lines.WARSAW).date():
        yield Fact(_("Until"), lines.day(one.ends_on))
    names = [_display(_dict(part).get("individual")) for part in _each(
        one.content.get("participant"))]  # fmt: skip
    yield Fact(_("Who treated"), ", ".join(filter(None, names)))
    yield Fact(_("Because of"), _reasons(one.content))
    for part in parts:
        if part.kind == "ExplanationOfBenefit":
            yield from _cost(part, ())
        elif part.kind == "Procedure":
            yield Fact(_("Done"), part.display)


def _cost(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    known = {
        "nfz": _("the National Health Fund (NFZ): you paid nothing"),
        "private": _("you, privately"),
    }
    yield Fact(_("Who paid"), known.get(payer(one)) or _display(one.content.get("insurer")))
    yield Fact(_("How much it cost"), _money(one.content))


def cost_in_short(parts: Sequence[Entry]) -> str:
    """Who paid for a visit, and how much, in a line."""
    for part in parts:
        if part.kind == "ExplanationOfBenefit":
            who = {"nfz": _("paid by NFZ"), "private": _("paid by you")}.get(payer(part), "")
            return ": ".join(filter(None, (who, _money(part.content))))
    return ""


def payer(one: Kept) -> str:
    """Who paid, as a code: ``nfz``, ``private``, or "" where it is not told in one."""
    insurer = _dict(one.content.get("insurer"))
    identifier = _dict(insurer.get("identifier"))
    return str(identifier.get("value", "")) if identifier.get("system") == PAYER else ""


def _service(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    names = [_display(_dict(part).get("actor")) for part in _each(one.content.get("performer"))]
    yield Fact(_("Who did it"), ", ".join(filter(None, names)))


def _vaccination(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    for protocol in _each(one.content.get("protocolApplied")):
        dose = protocol.get("doseNumberPositiveInt") or protocol.get("doseNumberString")
        of = protocol.get("seriesDosesPositiveInt") or protocol.get("seriesDosesString")
        if dose and of:
            yield Fact(_("Dose"), _("%(dose)s of %(of)s") % {"dose": dose, "of": of})
        elif dose:
            yield Fact(_("Dose"), str(dose))
    yield Fact(_("Batch"), str(one.content.get("lotNumber") or ""))


def _condition(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    if one.ends_on:
        yield Fact(_("Until"), lines.day(one.ends_on))


def _allergy(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    danger = {"high": _("high"), "low": _("low")}
    critical = str(one.content.get("criticality", ""))
    yield Fact(_("Risk, as the facility wrote it"), danger.get(critical, critical))
    for reaction in _each(one.content.get("reaction")):
        signs = [_concept(sign) for sign in _each(reaction.get("manifestation"))]
        yield Fact(_("What happens"), ", ".join(filter(None, signs)))


def _document(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    for part in _each(one.content.get("content")):
        attachment = _dict(part.get("attachment"))
        yield Fact(_("Title"), str(attachment.get("title") or ""))
        if "data" not in attachment:
            yield Fact(_("The document itself"), _("stays with the facility; ask there for a copy"))


def _insurance(one: Kept, parts: Sequence[Entry]) -> Iterator[Fact]:  # noqa: ARG001
    if one.ends_on:
        yield Fact(_("Until"), lines.day(one.ends_on))


_FACTS: dict[str, Callable[[Kept, Sequence[Entry]], Iterator[Fact]]] = {
    "MedicationRequest": _prescription,
    "MedicationDispense": _dispense,
    "ServiceRequest": _referral,
    "Encounter": _visit,
    "Procedure": _service,
    "ExplanationOfBenefit": _cost,
    "Immunization": _vaccination,
    "Condition": _condition,
    "AllergyIntolerance": _allergy,
    "DocumentReference": _document,
    "Coverage": _insurance,
}
_DATES: dict[str, Callable[[], str]] = {
    "MedicationRequest": lambda: _("Issued on"),
    "ServiceRequest": lambda: _("Issued on"),
    "Condition": lambda: _("Since"),
    "Coverage": lambda: _("Since"),
    "AllergyIntolerance": lambda: _("Written down on"),
}
_PLACES: dict[str, Callable[[], str]] = {
    "MedicationRequest": lambda: _("Issued by"),
    "MedicationDispense": lambda: _("Pharmacy"),
    "ServiceRequest": lambda: _("Issued by"),
    "Immunization": lambda: _("Vaccination point"),
    "Condition": lambda: _("Written down by"),
    "AllergyIntolerance": lambda: _("Written down by"),
    "Coverage": lambda: _("Insurer"),
}


def _about(whole: Entry | None) -> Iterator[Fact]:
    if whole is not None:
        yield Fact(_("Belongs to"), f"{wording.kind(whole.kind)}: {whole.display}")


def key(one: Entry) -> Key | None:
    """The key, while it opens something."""
    if not one.access_key or not lines.is_usable(one):
        return None
    groups = " ".join(one.access_key[at : at + 4] for at in range(0, 44, 4))
    svg = presenters.qr_svg(one.access_key)
    return Key(presenters.inline(svg), svg, groups, one.access_code)


def _text(content: Json) -> str:
    """The text of a document that is kept here."""
    for part in _each(content.get("content")):
        attachment = _dict(part.get("attachment"))
        if isinstance(attachment.get("data"), str):
            try:
                return base64.b64decode(attachment["data"], validate=True).decode()
            except (binascii.Error, ValueError):
                return ""
    return ""


def _history(one: Entry, former: Sequence[FormerEntry]) -> list[Before]:
    """What it was before, the newest first; each beside what came after it."""
    found: list[Before] = []
    after: Kept = one
    for row in former:
        said = {(fact.name, fact.text) for fact in _alone(after)}
        line = _was(row)
        other = [fact for fact in _alone(row)
                 if fact.text not in line and (fact.name, fact.text) not in said]  # fmt: skip
        found.append(Before(lines.when_moment(row.until), line, other))
        after = row
    return found


def _alone(one: Kept) -> list[Fact]:
    """The facts of an entry without what belongs to it."""
    facts = [*_common(one, ""), *_FACTS.get(one.kind, _nothing)(one, ())]
    return [fact for fact in facts if fact.text]


def _was(row: FormerEntry) -> str:
    """What an entry was before, in a line."""
    state = wording.state(row.kind, row.status)
    parts = (row.display, lines.when(row), str(state.text) if state else "", row.performer)
    return " · ".join(filter(None, parts))


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _each(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _said(value: Json) -> str:
    return str(value.get("text") or value.get("patientInstruction") or "")


def _display(value: Any) -> str:
    return str(_dict(value).get("display") or "")


def _concept(value: Json) -> str:
    coding = _each(value.get("coding"))
    first = coding[0] if coding else {}
    return str(value.get("text") or first.get("display") or first.get("code") or "")


def _reasons(content: Json) -> str:
    reasons = [_concept(one) for one in _each(content.get("reasonCode"))]
    reasons += [_display(one) for one in _each(content.get("reasonReference"))]
    return ", ".join(filter(None, reasons))


def _quantity(value: Any) -> str:
    quantity = _dict(value)
    if "value" not in quantity:
        return ""
    number = presenters.number(quantity["value"])
    return f"{number} {quantity.get('unit') or ''}".strip()


def _timing(dose: Json) -> str:
    """How often, where the facility wrote it in numbers only."""
    repeat = _dict(_dict(dose.get("timing")).get("repeat"))
    times, period, unit = (repeat.get(name) for name in ("frequency", "period", "periodUnit"))
    if not times or not period:
        return ""
    if isinstance(times, int) and (period, unit) == (1, "d"):
        return ngettext("once a day", "%(number)s times a day", times) % {"number": times}
    return f"{presenters.number(times)} × / {presenters.number(period)} {unit or ''}".strip()


def _money(content: Json) -> str:
    amount = _dict(_dict(content.get("payment")).get("amount"))
    if not amount:
        total = _each(content.get("total"))
        amount = _dict(total[0].get("amount")) if total else {}
    if not isinstance(amount.get("value"), int | float):
        return ""
    currency = str(amount.get("currency") or "")
    value = presenters.number(amount["value"], 2)
    return f"{value} {'zł' if currency == 'PLN' else currency}".strip()
