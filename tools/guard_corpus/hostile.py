"""Pieces which, repeated to a megabyte, would show a guard that is not linear."""

from __future__ import annotations

PIECES = (
    *("1", "12 ", "1 ", "1\n", "12345678901 ", "44051401458", "68 03 17 45122 ", "1-1 1-1, "),
    *("osiem ", "osiem, ", "osiem\n", "osiem\n\n", "Osiem. ", "sto dwadzieścia trzy ", "sto "),
    *("dwadzieścia jeden ", "osiemdziesiątdwa", "zeropięć", "szejdziesiąt ", "dwa razy osiem "),
    *("trzy zera ", "osiem nie ", "dwa osiem nie, ", "osiem nie przepraszam dwa ", "yyy "),
    *("osiem powtarzam osiem ", "osiem yyy ", "K: osiem\nD: osiem\n", "8 osiem ", "jeden, jeden "),
    *("PESEL ", "PESEL: ", "PESEL 68031745122 ", "nr ", "tel. 1 ", "lat 4 ", "nie "),
    *("<", "<a", "<b>", "&", "&#", "&#49;", "&amp;", "=\n", "=C5", "%", "%31", "\\", "\\u0031"),
    *("\u200b", "1\u200b", "\u00ad", "１", "①", "8\ufe0f\u20e3", "\ud800", "\0", "İ", "ﬁ"),
    *("O", "l0", "0l1", "b6", "B8 ", "g9-", "|", "1|", "a1", "ff00", "+48 ", "00", "(48) "),
    *("1:", "12:30\n", "1. ", "12.05.2026 ", "12.05.2026 9:34\n", "[1]", '"8",', "> 1\n"),
    *("п'ять ", "one ", "double five ", "oh ", "eighty-two ", "a", "ą", "abc ", " ", "\n", "- "),
)
