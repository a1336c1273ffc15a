"""One family of errors: a stable code, a sentence for people, an HTTP status.

An error is raised where it is known and worded at the edge. The sentence is a
translatable English text; nothing that a person typed ever stands in it.

>>> error = NotAllowed("desk.not_your_call")
>>> error.code, error.status
('desk.not_your_call', 403)
"""

from __future__ import annotations


class ZamiastError(Exception):
    """Base of all errors that Zamiast raises on purpose.

    ``code`` is stable and may be tested and translated; ``status`` is the HTTP
    status that the edge answers with.
    """

    status = 500

    def __init__(self, code: str, sentence: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence or code


class BadInput(ZamiastError):
    """What was sent cannot be used; the sentence says what to change."""

    status = 400


class NotAllowed(ZamiastError):
    """The person may not do this here and now."""

    status = 403


class NotFound(ZamiastError):
    """There is no such thing, or none that this person may know of."""

    status = 404


class Conflict(ZamiastError):
    """Somebody else was faster, or the thing is in a state that forbids this."""

    status = 409


class TooMany(ZamiastError):
    """A limit was reached; trying later helps."""

    status = 429


class Misconfigured(ZamiastError):
    """The operator has something to set up; the sentence says what."""

    status = 500
