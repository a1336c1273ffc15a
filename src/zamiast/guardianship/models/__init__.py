"""Rows that are added and ended, never rewritten: the database keeps them so (``sql/rows.sql``)."""

from zamiast.guardianship.models.decided import Change, ChangedRow, ChangeKind, Notice
from zamiast.guardianship.models.facts import (
    AccessGrant,
    Authorisation,
    Circumstance,
    CircumstanceKind,
    FosterCare,
    Freeze,
    Incapacitation,
    Insurance,
    OwnTitle,
    ProtectedAddress,
    Representation,
)
from zamiast.guardianship.models.invitation import Invitation, InvitationKind
from zamiast.guardianship.models.row import Because, Row, Source

ROWS: tuple[type[Row], ...] = (
    Insurance,
    Representation,
    FosterCare,
    AccessGrant,
    OwnTitle,
    Incapacitation,
    Authorisation,
    Freeze,
    ProtectedAddress,
    Circumstance,
)

__all__ = [
    "ROWS",
    "AccessGrant",
    "Authorisation",
    "Because",
    "Change",
    "ChangeKind",
    "ChangedRow",
    "Circumstance",
    "CircumstanceKind",
    "FosterCare",
    "Freeze",
    "Incapacitation",
    "Insurance",
    "Invitation",
    "InvitationKind",
    "Notice",
    "OwnTitle",
    "ProtectedAddress",
    "Representation",
    "Row",
    "Source",
]
