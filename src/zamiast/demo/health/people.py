"""A life in records: what is likely at an age, and the stories planted for the demo."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from random import Random

from zamiast.demo.health import catalogue as c
from zamiast.demo.health.writing import DAY, Records, Resource, Somebody
from zamiast.demo.stage import SOURCE
from zamiast.pure.professionals import OIDS, Kind

YEARS_BACK = 3
NIP = f"urn:oid:{OIDS[Kind.NIP][0]}"


def supporting() -> Iterator[Resource]:
    """The facilities and doctors whom the records name."""
    for at, (key, name, city, code) in enumerate(c.FACILITIES):
        yield {"resourceType": "Organization", "id": key, "name": name,
               "identifier": [{"system": NIP, "value": c.TAX_NUMBERS[key]}],
               "telecom": [{"system": "phone", "value": c.TELEPHONE.format(at)}],
               "address": [{"city": city, "postalCode": code, "country": "PL"}]}  # fmt: skip
    for key, given, family, title in c.DOCTORS:
        yield {"resourceType": "Practitioner", "id": key,
               "name": [{"family": family, "given": [given]}],
               "qualification": [{"code": {"text": title}}]}  # fmt: skip


def records_of(who: Somebody, seed: int, today: datetime.date) -> list[Resource]:
    """Everything of one person; the same for the same seed and day."""
    last = min(who.until or today, today)
    made = Records(who, Random(f"{seed}:{who.system}:{who.value}"), last)  # noqa: S311
    age = (last - who.born).days // 365
    if who.until is None:
        _insurance(made, age)
    _illnesses(made, age)
    _vaccinations(made, age)
    _chance(made, 0.08, lambda: _allergy(made))
    _chance(made, 0.7, lambda: _laboratory(made))
    _chance(made, 0.25 if age > 60 else 0.05, lambda: _stay(made))
    story = _STORIES.get(who.value) if who.system == SOURCE else None
    if story:
        story(made)
    return made.made


def _chance(made: Records, share: float, then: Callable[[], None]) -> None:
    if made.random.random() < share:
        then()


def _day(made: Records, *, years: float = YEARS_BACK) -> datetime.date:
    """A working day in the last years, not before birth."""
    back = min(int(years * 365), max(2, (made.today - made.who.born).days))
    day = made.today - made.random.randrange(1, back) * DAY
    return day - max(0, day.weekday() - 4) * DAY


def _doctor(key: str) -> str:
    return next(f"{given} {family}" for name, given, family, _ in c.DOCTORS if name == key)


def _insurance(made: Records, age: int) -> None:
    kinds = (
        (18, "Dziecko zgłoszone do ubezpieczenia przez opiekuna"),
        (25, "Osoba ucząca się"),
        (65, "Umowa o pracę"),
        (200, "Emerytura"),
    )
    kind = next(name for limit, name in kinds if age < limit)
    since = made.who.born if age < 18 else made.today - made.random.randrange(300, 2500) * DAY
    made.add(
        "Coverage", named="beneficiary", status="active", type={"text": kind},
        period={"start": str(since)}, payor=[{"display": "Narodowy Fundusz Zdrowia"}],
    )  # fmt: skip


def _illnesses(made: Records, age: int) -> None:
    for illness in c.ILLNESSES:
        if illness.ages[0] <= age <= illness.ages[1] and made.random.random() < illness.share:
            _illness(made, illness, age)


def _illness(made: Records, illness: c.Illness, age: int) -> None:
    home, doctor = ("dzieci", _doctor("d3")) if age < 16 else ("poz", _doctor("d1"))
    first = _day(made)
    encounter = made.visit(first, home, doctor, "Porada lekarska")
    made.condition(illness, first, home, encounter)
    for medicine in illness.medicines:
        made.prescription(medicine, first, home, doctor)
    if illness.lasting:
        again = made.today - made.random.randrange(3, 100) * DAY
        if again > first:
            made.visit(again, home, doctor, "Porada lekarska: kontynuacja leczenia", price=70)
            for medicine in illness.medicines:
                made.prescription(medicine, again, home, doctor)
    if illness.clinic and illness.clinic != home:
        _clinic(made, illness, first, doctor, home)


def _clinic(made: Records, illness: c.Illness, first: datetime.date, doctor: str,
            home: str) -> None:  # fmt: skip
    private = illness.clinic == "prywatna"
    specialist = {"kardio": "d2", "spec": "d5", "prywatna": "d4"}.get(illness.clinic, "d7")
    later = first + made.random.randrange(20, 90) * DAY
    used = later < made.today
    if not private:
        made.referral(f"Poradnia specjalistyczna: {illness.name}", first, doctor, home, used=used)
    if used:
        encounter = made.visit(later, illness.clinic, _doctor(specialist),
                               "Porada specjalistyczna", price=180, private=private)  # fmt: skip
        code, name, _ = made.random.choice(c.SERVICES[:3])
        made.procedure(code, name, later, illness.clinic, _doctor(specialist), encounter)
    elif not private:
        made.add(
            "Appointment", named="", status="booked",
            serviceType=[{"text": "Porada specjalistyczna"}],
            start=f"{made.today + made.random.randrange(5, 60) * DAY}T10:20:00+01:00",
            participant=[
                {"actor": {"reference": f"Patient?identifier={made.who.system}|{made.who.value}"},
                 "status": "accepted"},
                {"actor": {"display": c.NAMES[illness.clinic]},
                 "status": "accepted"}],
        )  # fmt: skip


def _vaccinations(made: Records, age: int) -> None:
    if age < 18:
        for month, atc, name, dose, doses in c.CHILD_VACCINATIONS:
            day = made.who.born + (month * 30 + made.random.randrange(1, 20)) * DAY
            if day < made.today and made.random.random() < 0.95:
                made.vaccination((atc, name), day, "dzieci", dose, doses)
    elif made.random.random() < (0.6 if age > 60 else 0.2):
        year = made.today.year - (made.today.month < 11)
        made.vaccination(c.FLU, datetime.date(year, 10, made.random.randrange(1, 30)), "poz", 1, 1)
    if age >= 12 and made.random.random() < 0.6:
        made.vaccination(c.COVID, datetime.date(2021, 6, made.random.randrange(1, 30)), "poz", 1, 2)
        made.vaccination(c.COVID, datetime.date(2021, 7, made.random.randrange(5, 30)), "poz", 2, 2)


def _allergy(made: Records) -> None:
    made.add(
        "AllergyIntolerance", named="patient", recordedDate=str(_day(made, years=8)),
        clinicalStatus={"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
            "code": "active"}]},
        code={"text": made.random.choice(c.ALLERGIES)},
        criticality=made.random.choice(("low", "high")),
    )  # fmt: skip


def _laboratory(made: Records) -> None:
    day, draw = _day(made, years=1), made.random
    text = c.LAB_TEXT.format(hb=f"{draw.uniform(11.2, 15.8):.1f}".replace(".", ","),
                             wbc=f"{draw.uniform(4, 11):.1f}".replace(".", ","),
                             plt=draw.randrange(160, 390))  # fmt: skip
    made.document("11502-2", "Wynik badania laboratoryjnego", text, day, "lab")


def _stay(made: Records) -> None:
    began = _day(made)
    days = made.random.randrange(2, 7)
    ended = min(began + days * DAY, made.today)
    made.visit(began, "szpital", _doctor("d7"), "Pobyt w szpitalu: oddział chorób wewnętrznych",
               price=3200, code="IMP", days=(ended - began).days)  # fmt: skip
    text = c.DISCHARGE_TEXT.format(began=f"{began:%d.%m.%Y}", ended=f"{ended:%d.%m.%Y}",
                                   diagnosis="zapalenie płuc (J18.9)")  # fmt: skip
    made.document("18842-5", "Karta informacyjna leczenia szpitalnego", text, ended, "szpital")


def _strangers_prescription(made: Records) -> None:
    """Anna: she has never been to this clinic, nor needs this medicine."""
    made.prescription(c.RAMIPRIL, made.today - 20 * DAY, "poz", _doctor("d1"), state="partly")
    made.prescription(c.ISOTRETINOIN, made.today - 6 * DAY, "obcy", _doctor("d6"), state="issued")


def _service_never_given(made: Records) -> None:
    """Piotr: nobody treated his teeth that day, but the fund was billed."""
    day = made.today - 33 * DAY
    encounter = made.visit(day, "zeby", "Roman Kruk", "Leczenie kanałowe zęba", price=410)
    made.procedure("23.70", "Leczenie kanałowe", day, "zeby", "Roman Kruk", encounter)


def _vaccination_recorded_wrongly(made: Records) -> None:
    """Ewa: the one dose of the season was written down as the second of two."""
    day = datetime.date(made.today.year - (made.today.month < 11), 10, 2)
    made.vaccination(c.COVID, day, "spec", 2, 2)


def _childs_prescriptions(made: Records) -> None:
    """Zofia: a fresh prescription that her father takes to the pharmacy."""
    made.prescription(c.AMOXICILLIN_CHILD, made.today - 1 * DAY, "dzieci", _doctor("d3"),
                      state="issued")  # fmt: skip


_STORIES: dict[str, Callable[[Records], None]] = {
    "anna": _strangers_prescription,
    "piotr": _service_never_given,
    "ewa": _vaccination_recorded_wrongly,
    "zofia": _childs_prescriptions,
}
