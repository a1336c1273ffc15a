"""What is known about one account and the people around it: separate things, never one flag.

Every fact is a frozen row with the days for which it holds. Days are whole days in
Warsaw; ``since`` is the first day on which a fact holds and ``until`` the first day on
which it no longer does, so a grant withdrawn today has ``until`` today and is closed at
once. What is not stated is not so: an empty ``Facts`` opens nothing.

People are named by opaque references that mean nothing outside the caller's tables.

>>> mother = Person("mother", date(1988, 3, 1), first_login=date(2021, 1, 5))
>>> child = Person("child", date(2015, 6, 1))
>>> Facts(holder=child, others=(mother,)).person("mother").born
datetime.date(1988, 3, 1)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Payer(StrEnum):
    """Who pays the insurance under which the child was registered."""

    EMPLOYER = "employer"
    SELF_EMPLOYED = "self_employed"
    ZUS = "zus"
    KRUS = "krus"
    LABOUR_OFFICE = "labour_office"
    OTHER = "other"


class InsuranceEnd(StrEnum):
    """Why a registration for insurance ended, as far as it is known."""

    JOB_CHANGE = "job_change"
    OTHER = "other"


class Role(StrEnum):
    """In what role a person represents the holder in law."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    CURATOR = "curator"


class Authority(StrEnum):
    """How far the authority of a representative reaches."""

    FULL = "full"
    CO_DECIDING = "co_deciding"
    LIMITED = "limited"
    SUSPENDED = "suspended"
    TAKEN_AWAY = "taken_away"


class Degree(StrEnum):
    """How far a court took away a person's capacity to act."""

    FULL = "full"
    PARTIAL = "partial"


class Title(StrEnum):
    """On what ground a child is insured by itself."""

    SEASONAL_JOB = "seasonal_job"
    PENSION = "pension"
    SCHOLARSHIP = "scholarship"
    OTHER = "other"


class Scope(StrEnum):
    """The kinds of authorisation; each is a statement of its own."""

    HEALTH_INFORMATION = "health_information"
    DOCUMENTATION = "documentation"
    ACCOUNT_DATA = "account_data"


class Profession(StrEnum):
    """In what capacity a professional looks at the account."""

    PRIMARY_CARE = "primary_care"
    DOCTOR = "doctor"
    PHARMACIST = "pharmacist"


class Event(StrEnum):
    """What people believe to close an account, and what by itself does not."""

    DIVORCE = "divorce"
    CONVICTION = "conviction"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by reference; ``first_login`` is the day they first used their own account."""

    ref: str
    born: date | None = None
    first_login: date | None = None
    died: date | None = None
    unable_to_log_in: bool = False


@dataclass(frozen=True, slots=True)
class Insurance:
    """A registration of the child for insurance, ``published`` in the account or not yet."""

    insurer: str
    registered: date
    published: date | None = None
    ended: date | None = None
    payer: Payer = Payer.EMPLOYER
    ended_by: InsuranceEnd = InsuranceEnd.OTHER


@dataclass(frozen=True, slots=True)
class Representation:
    """Somebody represents the holder in law, by birth or by a ruling."""

    person: str
    role: Role
    since: date
    until: date | None = None
    authority: Authority = Authority.FULL
    court: str = ""
    file_number: str = ""
    ruled_on: date | None = None


@dataclass(frozen=True, slots=True)
class FosterCare:
    """A foster carer: day-to-day matters, more only if the court widened it to health."""

    carer: str
    since: date
    until: date | None = None
    widened_to_health: bool = False
    court: str = ""
    file_number: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """Access given by a person, or by the operator after a case with documents (``by`` is None)."""

    to: str
    by: str | None
    since: date
    until: date | None = None
    accepted: date | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """The child is insured on its own ground."""

    since: date
    until: date | None = None
    title: Title = Title.OTHER


@dataclass(frozen=True, slots=True)
class Incapacitation:
    """A court took away a person's capacity to act, fully or partly."""

    person: str
    degree: Degree
    since: date
    until: date | None = None
    court: str = ""
    file_number: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One statement authorising one person for one scope, by the holder or a representative."""

    to: str
    by: str
    scope: Scope
    given: date
    since: date
    until: date | None = None
    after_death: bool = False
    minor_agreed: date | None = None


@dataclass(frozen=True, slots=True)
class Freeze:
    """Access stopped in an emergency: for one person, or for everybody but the holder."""

    since: date
    until: date | None = None
    person: str | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class ProtectedAddress:
    """A person whose address is protected neither sees nor is seen."""

    person: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ProfessionalTie:
    """A professional chosen for primary care, or let in by the holder."""

    person: str
    profession: Profession
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something that people ask about and that by itself changes nothing."""

    event: Event
    person: str
    since: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known about one account; ``holder`` is whose account it is."""

    holder: Person | None = None
    others: tuple[Person, ...] = field(default=())
    insurances: tuple[Insurance, ...] = field(default=())
    representations: tuple[Representation, ...] = field(default=())
    foster_care: tuple[FosterCare, ...] = field(default=())
    grants: tuple[Grant, ...] = field(default=())
    own_titles: tuple[OwnTitle, ...] = field(default=())
    incapacitations: tuple[Incapacitation, ...] = field(default=())
    authorisations: tuple[Authorisation, ...] = field(default=())
    freezes: tuple[Freeze, ...] = field(default=())
    protected_addresses: tuple[ProtectedAddress, ...] = field(default=())
    professionals: tuple[ProfessionalTie, ...] = field(default=())
    circumstances: tuple[Circumstance, ...] = field(default=())

    def person(self, ref: str) -> Person | None:
        """Find a person by reference, the holder included; None when nothing is known."""
        if self.holder is not None and self.holder.ref == ref:
            return self.holder
        for other in self.others:
            if other.ref == ref:
                return other
        return None


Fact = (
    Person
    | Insurance
    | Representation
    | FosterCare
    | Grant
    | OwnTitle
    | Incapacitation
    | Authorisation
    | Freeze
    | ProtectedAddress
    | ProfessionalTie
    | Circumstance
)
