"""What the helpline keeps: cases, what was said in them, the work on them."""

from zamiast.helpline.models.case import (
    LONGEST_NOTE,
    LONGEST_SHOWN,
    Case,
    CaseQuerySet,
    Move,
    Note,
)
from zamiast.helpline.models.papers import (
    LARGEST_DOCUMENT,
    CaseAccount,
    Document,
    DocumentKind,
    NamedInVain,
)
from zamiast.helpline.models.work import (
    Callback,
    CallbackState,
    Draft,
    Link,
    LinkKind,
    Membership,
    Message,
    NumberKind,
    Tally,
)
from zamiast.helpline.models.writers import Writer

__all__ = [
    "LARGEST_DOCUMENT",
    "LONGEST_NOTE",
    "LONGEST_SHOWN",
    "Callback",
    "CallbackState",
    "Case",
    "CaseAccount",
    "CaseQuerySet",
    "Document",
    "DocumentKind",
    "Draft",
    "Link",
    "LinkKind",
    "Membership",
    "Message",
    "Move",
    "NamedInVain",
    "Note",
    "NumberKind",
    "Tally",
    "Writer",
]
