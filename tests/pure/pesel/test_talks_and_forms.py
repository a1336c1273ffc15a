"""What a second, independent corpus showed: talks, forms and phones as they really look.

The number stands between « and »; a text without them holds none.
"""

import datetime

import pytest

from zamiast.pure.pesel import PESEL, scan

TODAY = datetime.date(2026, 6, 1)

FOUND = {
    "speakers with a number and a time": "S2 (07:01): no «84\nS1 (07:09): 84\nS2 (07:13): 05...\n"
    "S1 (07:20): zapisuję, dalej\nS2 (07:22): 18...\nS2 (07:32): 98 7, 60».\nS1 (07:35): dobrze",
    "a time before speakers": "[02:26:00] SPEAKER_00: pesel proszę\n[01:59:00] SPEAKER_01:"
    " no «80 01, 04.\n[02:06:00] SPEAKER_00: 80, 01, 04, tak?\n[02:14:00] SPEAKER_01: 36, 9...\n"
    "[02:20:00] SPEAKER_01: 76» i\n[02:30:00] SPEAKER_00: Dziękuję",
    "speakers in bold": "**S2:** «01, 27 27...\n**S1:** dobrze\n**S2:** 51, 9 28» i",
    "speakers before an arrow": "Dzwoniący> tak, «81, 12...\nAgent> zapisuję\nDzwoniący> tak, 17.\n"
    "Agent> jasne, dalej\nDzwoniący> 74 i\nDzwoniący> no 28.\nAgent> jestem.\nDzwoniący> 1» i",
    "speakers like tags": "<A> Jaki jest pani numer?\n<B> to będzie «siedemdziesiąt osiem,"
    " jedenaście...\n<A> siedemdziesiąt osiem, jedenaście\n<B> tak, piętnaście\n<A> piętnaście\n"
    "<B> no dwa sześćdziesiąt dwa.\n<A> dwa, sześćdziesiąt dwa?\n<B> siedemdziesiąt sześć» i",
    "in brackets, a digit at the end": "moj pesel («37,11 26 / 6144-3») nie dziala",
    "an item of a list over two lines": "1. dane\n2. pesel «212618\n65975»\n3. sprawa: EKUZ",
    "a form in a URL": "q=pesel+«960325+43066»&submit=1",
    "twice in one word": "«dziewięćdziesiąt jeden, dwanaście, jedynka, piątka, ósemka, trójka, "
    "czwórka, dwukrotnie pięć»",
    "Cyrillic hesitation": "«два два два, еее, сім один, еее, нуль один, еее, дев'ять вісім, еее, "
    "три, еее, дев'ять»",
    "said again after czyli": "«siedemdziesiąt pięć jedenaście, czyli, jedenaście, siedemnaście, "
    "dziewiętnaście, zero dwa sześć»",
    "what it should be": "«trzydzieści, zero dziewięć, czterdzieści, przepraszam, miało być, "
    "siedemnaście dwadzieścia cztery osiemdziesiąt osiem, dwa»",
    "a time in the line after": "18:28 ja: «790823\n09361»\n14:59 oni: ok",
    "given by phone": "Podała przez telefon: «osiem dwa zero pięć dwadzieścia dziewięć "
    "osiemdziesiąt jeden sześć siedemdziesiąt».",
    "after a postcode": "Radom 42-832 «22 30 28 29147»",
    "a letter after a plus": "+O«00210100004»",
}


@pytest.mark.parametrize("marked", FOUND.values(), ids=FOUND.keys())
def test_the_number_is_found(marked):
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    assert [tuple(span) for span in scan(text, TODAY)] == [(start, end, PESEL)]


LEFT_ALONE = {
    "phone and an hour": "proszę SMS na 660-419-165, nie po 20",
    "labelled phone and an hour": "nr tel: 671010130 (do 18)",
    "spoken phone": "numer sześćset czterdzieści dziewięć sto trzydzieści dwa osiemset "
    "sześćdziesiąt siedem",
    "spoken phone and an hour": "sms na siedemset dwadzieścia dwa, pięćset dziewięćdziesiąt sześć,"
    " dziewięćset pięćdziesiąt siedem, nie po dwudziestej",
    "spoken Ukrainian phone": "мій номер нуль шістдесят п'ять двісті сорок шість вісімдесят "
    "дев'ять дев'яносто три",
    "address, postcode": "ul. Długa 130/15, 07-296 Radom",
    "address, room": "Siedziba: al. Jana Pawła II 12/29, 03-640 Płock, pok. 63, piętro 6",
    "spoken address": "ulica Długa dziewięćdziesiąt sześć mieszkania dziesięć kod dwadzieścia "
    "pięć siedemset osiemdziesiąt sześć",
    "version of a browser": "Chrome/123.0.2636.113 Safari/537.36",
    "an empty element": "<pesel></pesel><nr>53347942025</nr>",
    "an empty value": '{"pesel": null, "nr": "53347942025"}',
    "date and hour with the word o": "Klient dzwonił 2024-11-11 o 15:04",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_the_look_alike_is_left_alone(text):
    assert scan(text, TODAY) == []
