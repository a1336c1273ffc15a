"""The account identifier: twelve digits that explain what was misheard.

Nine random digits and three check digits, written in four groups of three. Any one,
two or three wrong digits are noticed, and so is every usual slip of tongue or hand;
most slips can be named. Works like a module of python-stdnum, and adds ``generate``,
``diagnose``, ``speak`` and ``hear``.

>>> validate("950 120 144 483")
'950120144483'
>>> is_valid("950 120 144 438")
False
>>> [(slip.kind.value, slip.groups) for slip in diagnose("950 120 144 438")]
[('exchange', (4,))]
>>> speak("950120144483", "en")
'nine five zero, one two zero, one four four, four eight three'
>>> hear("nine fifty, one twenty, 144, four eight three", "en")
'950120144483'

``diagnose`` never corrects: it tells which group to ask for again. A corrected number
would name somebody whom the caller did not.
"""

from __future__ import annotations

from zamiast.pure.identifier.code import is_valid
from zamiast.pure.identifier.drawing import generate, generate_many
from zamiast.pure.identifier.errors import IdentifierError
from zamiast.pure.identifier.form import compact, format
from zamiast.pure.identifier.hearing import hear
from zamiast.pure.identifier.pesels import is_repeatable, looks_like_pesel
from zamiast.pure.identifier.slips import Slip, SlipKind, diagnose
from zamiast.pure.identifier.speech import speak
from zamiast.pure.identifier.validation import validate

__all__ = [
    "IdentifierError",
    "Slip",
    "SlipKind",
    "compact",
    "diagnose",
    "format",
    "generate",
    "generate_many",
    "hear",
    "is_repeatable",
    "is_valid",
    "looks_like_pesel",
    "speak",
    "validate",
]
