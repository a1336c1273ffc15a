"""Reading an identifier aloud: digit by digit, a pause after each group of three.

Never as whole numbers: "szesnaście" and "sześćdziesiąt" sound alike, "jeden sześć" does not.

>>> speak("950120144483")
'dziewięć pięć zero, jeden dwa zero, jeden cztery cztery, cztery osiem trzy'
>>> speak("950120144483", radio=True)
'dziewięć piątka zero, jedynka dwa zero, jedynka cztery cztery, cztery osiem trzy'
"""

from __future__ import annotations

from zamiast.pure.identifier.form import groups
from zamiast.pure.identifier.validation import validate
from zamiast.pure.numerals import spoken_digits
from zamiast.pure.numerals.polish import RADIO

PAUSE = ", "


def speak(text: str, language: str = "pl", *, radio: bool = False) -> str:
    """Return how the identifier is said in ``language`` (pl, en, uk).

    ``radio`` says 1 and 5 as jedynka and piątka, which are hard to mishear; in languages
    other than Polish it changes nothing. IdentifierError when it is no identifier,
    KeyError when the language is unknown.
    """
    words = list(spoken_digits(language))
    if radio and language == "pl":
        for word, value in RADIO.items():
            words[value] = word
    said = (" ".join(words[int(digit)] for digit in group) for group in groups(validate(text)))
    return PAUSE.join(said)
