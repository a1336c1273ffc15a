"""What holds for every text: spans that fit, a redaction that stays, no crash."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zamiast.pure.numerals.pesel import check_digit
from zamiast.pure.pesel import MARK, PESEL, PESEL_SUSPECT, redact, scan

TODAY = datetime.date(2026, 6, 1)
PIECES = st.sampled_from(
    [
        *("PESEL", "pesel:", "68031745121", "680317", "45121", "0", "1", "2", "６", "①", "O", "l"),
        *("osiem", "zero", "trzy", "sto", "dwadzieścia", "jeden", "dwie", "trójki", "razy"),
        *("nie", "powtarzam", "plus", "+48", "tel.", "NIP", "lat", "nr", "п'ять", "double"),
        *("<b>", "</td>", "&#54;", "&nbsp;", "=\n", ">", "K:", "%20", "\\u0036", "\\n", "|"),
        *("[00:12]", "12:30", "12.05.2026", "\u200b", "\u00ad", "8\ufe0f\u20e3", "\x00", "\ud800"),
        *"-.,;/()[]\"'",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(PIECES, st.text(max_size=3), st.just(" ")), max_size=30).map("".join),
    st.lists(PIECES, max_size=30).map(" ".join),
)


@st.composite
def pesels(draw):
    born = draw(st.dates(datetime.date(1900, 1, 1), TODAY))
    month = born.month + (20 if born.year >= 2000 else 0)
    ten = f"{born:%y}{month:02}{born:%d}{draw(st.integers(0, 9999)):04}"
    return ten + str(check_digit(ten))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_fit_the_text_in_order_without_overlaps(text):
    at = 0
    for start, end, kind in scan(text, TODAY):
        assert at <= start < end <= len(text)
        assert kind in (PESEL, PESEL_SUSPECT)
        at = end


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_redacting_twice_changes_nothing(text):
    once = redact(text, TODAY)
    assert redact(once, TODAY) == once
    assert scan(once, TODAY) == []


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_redacting_keeps_the_rest(text):
    if MARK in text:
        return
    clean = redact(text, TODAY)
    at = 0
    for kept in clean.split(MARK):
        place = text.find(kept, at)
        assert place >= 0
        at = place + len(kept)


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=("Nd", "No", "Nl", "Cs")), max_size=20),
    pesels(),
    st.text(st.characters(exclude_categories=("Nd", "No", "Nl", "Cs")), max_size=20),
)
def test_every_plain_pesel_is_found_whatever_stands_around(before, number, after):
    marks_phone = before.rstrip(" (").endswith(("+", "＋"))
    decoded = before.endswith(("%", "&#", "\\u", "=")) or "&#" in before or "<" in before
    if marks_phone or decoded:
        return
    text = before + number + after
    spans = scan(text, TODAY)
    assert any(s <= len(before) and len(before) + 11 <= e for s, e, _ in spans)


@given(
    st.sampled_from(
        ["1", "osiem ", "PESEL ", "<", "&#49;", "\u200b", "l0", "\ud800", "\x00", "K: 8\n"]
    )
)
@settings(max_examples=20, deadline=None)
def test_long_texts_of_one_piece_end(piece):
    scan(piece * (30_000 // len(piece)), TODAY)


def test_no_mark_of_redaction_is_found_again():
    assert scan(MARK * 50, TODAY) == []


SPOKEN = "osiem osiem jeden zero zero pięć trzy trzy dziewięć zero dziewięć"


@pytest.mark.parametrize("mark", ["68031745121", "6803174512", SPOKEN, "8" * 11])
def test_a_mark_that_is_a_number_is_refused(mark):
    with pytest.raises(ValueError, match="mark"):
        redact("PESEL 68031745121", TODAY, mark)
