"""Numbers that are no PESEL, made so that the digits of a valid one stand inside."""

# ruff: noqa: E501 - sentences stay on one line
from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import spoken
from .people import around, digits, identifier, nip, pesel, phone_passing, wrong_check

Make = Callable[[Random], str]


def _cut(number: str, *shape: int, sep: str = " ") -> str:
    return sep.join(spoken.cut(number, shape))


def phone(rng: Random) -> str:
    number = phone_passing(rng) if rng.random() < 0.5 else "48" + digits(rng, 9, "5678")
    rest, sep = number[2:], rng.choice((" ", "-", " ", ".", ""))
    shaped = _cut(rest, *rng.choice(((3, 3, 3), (2, 3, 2, 2), (9,), (2, 7))), sep=sep)
    prefix = rng.choice(
        ("+48 ", "+48", "0048 ", "0048", "(+48) ", "+48-", "00 48 ", "(48) ", "+ 48 ", "＋48 ")
    )
    return rng.choice(
        (
            "tel. {}",
            "{}",
            "telefon: {}",
            "dzwonić na {}",
            "kom. {} po 16",
            "PESEL nie podano, tel. {}",
            "pod numerem {}",
            "tel:{}",
            "fax {}",
        )
    ).format(prefix + shaped)


def foreign_phone(rng: Random) -> str:
    code, length = rng.choice(
        (
            ("+380", 9),
            ("+44", 10),
            ("+49", 10),
            ("+1", 10),
            ("+33", 9),
            ("00380", 9),
            ("+420", 9),
            ("+7", 10),
            ("+353", 9),
        )
    )
    body = digits(rng, length, "23456789")
    if code == "+7" or code == "+1":
        body = pesel(rng)[1:]
    return rng.choice(("tel. {}", "{}", "мій номер {}", "phone {}")).format(
        code + rng.choice((" ", "", "-")) + rng.choice((body, _cut(body, 2, 3, 2, length - 7)))
    )


def account(rng: Random) -> str:
    number = around(rng, 26)
    shaped = rng.choice(
        (
            number,
            _cut(number, 2, 4, 4, 4, 4, 4, 4),
            _cut(number, 2, 8, 16),
            _cut(number, 2, 4, 4, 4, 4, 4, 4, sep="-"),
            _cut(number, 4, 4, 4, 4, 4, 4, 2),
        )
    )
    return rng.choice(
        (
            "zwrot na konto {}",
            "{}",
            "rachunek: PL{}",
            "IBAN PL {}",
            "nr konta {} mBank",
            "PL{}",
            "NRB {}",
            "PESEL nie podała, konto {}",
        )
    ).format(shaped)


def company(rng: Random) -> str:
    kind = rng.randrange(6)
    if kind == 0:
        number = digits(rng, 9)
        return rng.choice(("REGON {}", "regon: {}", "firma REGON {}, Łódź")).format(
            rng.choice((number, _cut(number, 3, 3, 3)))
        )
    if kind == 1:
        number = around(rng, 14)
        return rng.choice(("REGON {}", "regon 14: {}")).format(
            rng.choice((number, _cut(number, 9, 5), _cut(number, 3, 3, 3, 5)))
        )
    if kind == 2:
        number = nip(rng)
        return rng.choice(("NIP {}", "NIP: PL{}", "nip firmy {}")).format(
            rng.choice(
                (number, _cut(number, 3, 3, 2, 2, sep="-"), _cut(number, 3, 2, 2, 3, sep="-"))
            )
        )
    if kind == 3:
        return f"PWZ {digits(rng, 7)} dr Nowak, KRS 0000{digits(rng, 6)}"
    if kind == 4:
        return f"księga {rng.choice(('WA1M', 'BB1B', 'SZ1S', 'OL1O', 'GD1G', 'LU1I'))}/{digits(rng, 8)}/{digits(rng, 1)}"
    return f"dowód {rng.choice(('ABS', 'DBZ', 'CIO'))} {digits(rng, 6)}, paszport {rng.choice(('ZS', 'EB', 'AB'))} {digits(rng, 7)}"


def long_key(rng: Random) -> str:
    size = rng.choice((44, 44, 22, 20, 24, 13, 14, 15, 16, 19, 18, 17))
    number = around(rng, size)
    if rng.random() < 0.4:
        step = rng.choice((4, 4, 5, 3, 6))
        sep = rng.choice((" ", "-", " "))
        number = sep.join(number[i : i + step] for i in range(0, size, step))
    return rng.choice(
        (
            "klucz recepty {}",
            "{}",
            "paczka nr {}",
            "dokument {} z dnia",
            "EAN {}",
            "IMEI {}",
            "SIM: {}",
            "karta {}",
            "przesyłka {} w drodze",
            "list polecony (00){}",
        )
    ).format(number)


def moment(rng: Random) -> str:
    number = pesel(rng)
    day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1950, 2026)
    hour, minute = rng.randrange(24), rng.randrange(60)
    forms = (
        f"wizyta {day:02}.{month:02}.{year} {hour}:{minute:02}",
        f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{number[:2]}",
        f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:12.{number[:6]}Z",
        f"od {day}.{month}.{year} do {day}.{month}.{year + 1}",
        f"{day:02}/{month:02}/{year} {hour:02}:{minute:02}",
        f"{year}{month:02}{day:02}{hour:02}{minute:02}{number[:2]}",
        f"{day:02}.{month:02}.{year}, {hour:02}:{minute:02}",
        f"{day:02}-{month:02}-{year} godz. {hour}.{minute:02}",
        f"{day}.{month:02}.{year} r., godz. {hour}:{minute:02}, gab. 12",
        f"{day:02}.{month:02}.{year}-{day:02}.{month:02}.{year}",
        f"[{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{minute:02}] start",
        f"w dniach {day}, {day + 1} i {day + 2}.{month:02}.{year}",
        _clocked(rng),
    )
    return rng.choice(forms)


def _clocked(rng: Random) -> str:
    """A date and a time whose eleven digits are a valid PESEL."""
    while True:
        n = pesel(rng)
        if (
            1 <= int(n[:2]) <= 31
            and 1 <= int(n[2:4]) <= 12
            and 1900 <= int(n[4:8]) <= 2030
            and int(n[9:]) < 60
        ):
            return f"wizyta {n[:2]}.{n[2:4]}.{n[4:8]} {n[8]}:{n[9:]}"
        # Years 19xx and 20xx are rare as day and serial: try on, it takes some dozens of draws.


def order(rng: Random) -> str:
    n = pesel(rng)
    year = rng.randrange(2015, 2026)
    forms = (
        f"ZAM/20{n[:2]}/{n[2:4]}/{n[4:6]}/{n[6:]}",
        f"FV {n[:3]}/{n[3:6]}/{n[6:9]}/{n[9:]}{digits(rng, 2)}",
        f"zamówienie #{digits(rng, 1)}{n}{digits(rng, 1)}",
        f"zgłoszenie nr {year}/{digits(rng, 6)}",
        f"bilet {digits(rng, 2)}{n}",
        f"sprawa {digits(rng, 2)}/{n[:6]}/{n[6:]}{digits(rng, 1)}",
        f"faktura FV/{year}/{digits(rng, 2)}/{digits(rng, 5)}",
        f"sygn. akt II C {digits(rng, 3)}/{year % 100}",
        f"nr zgłoszenia {wrong_check(rng)}",
        f"polisa {wrong_check(rng)}",
        f"zamówienie {wrong_check(rng)} z dnia 12.05",
        f"kod {_cut(wrong_check(rng), 6, 5)}",
        f"protokół {n}{digits(rng, 3)}",
        f"INV-{digits(rng, 1)}{n}",
        f"RMA {digits(rng, 3)}-{n[:4]}-{n[4:8]}-{n[8:]}",
    )
    return rng.choice(forms)


def account_id(rng: Random) -> str:
    number = identifier(rng)
    shaped = rng.choice(
        (number, _cut(number, 3, 3, 3, 3), _cut(number, 3, 3, 3, 3, sep="-"), _cut(number, 4, 4, 4))
    )
    return rng.choice(
        (
            "ID konta {}",
            "{}",
            "identyfikator: {}",
            "zamiast PESEL: {}",
            "mój numer konta {} proszę",
            "nie PESEL tylko {}",
            "PESEL zastąpiono przez {}",
            "konto pacjenta {}",
            "PESEL {}",
        )
    ).format(shaped)


def device(rng: Random) -> str:
    hexa = "".join(rng.choice("0123456789abcdef") for _ in range(40))
    return rng.choice(
        (
            f"commit {hexa}",
            f"uuid {hexa[:8]}-{hexa[8:12]}-4{hexa[13:16]}-a{hexa[17:20]}-{hexa[20:32]}",
            f"sha256:{hexa}{hexa[:24]}",
            f"a{pesel(rng)}f{hexa[:20]}",
            f"{hexa[:9]}{pesel(rng)}{hexa[20:32]}",
            f"IMEI {around(rng, 15)}",
            f"EAN {around(rng, 13)}",
            f"ICCID {around(rng, 19)}",
            f"karta {_cut(around(rng, 16), 4, 4, 4, 4)}",
            f"ISBN 978-83-{digits(rng, 2)}-{digits(rng, 5)}-{digits(rng, 1)}",
            f"MAC 0{digits(rng, 1)}:{digits(rng, 2)}:{digits(rng, 2)}:{digits(rng, 2)}:{digits(rng, 2)}:{digits(rng, 2)}",
            f"IP 192.168.{digits(rng, 2)}.{digits(rng, 3)}",
            f"trace {hexa[:16]}",
            f"0x{hexa[:16]}",
        )
    )


def amounts(rng: Random) -> str:
    d = [digits(rng, rng.choice((1, 2, 2, 3)), "123456789") for _ in range(14)]
    return rng.choice(
        (
            f"kwoty: {d[0]},{digits(rng, 2)} zł, {d[1]},{digits(rng, 2)} zł, {d[2]} zł",
            f"wyniki: {', '.join(d)}",
            f"punkt {digits(rng, 2, '5')}.{digits(rng, 7)}, {digits(rng, 2, '12')}.{digits(rng, 7)}",
            f"geo:{digits(rng, 2, '5')}.{digits(rng, 6)},{digits(rng, 2, '12')}.{digits(rng, 6)}",
            f"wersja 3.{d[0]}.{d[1]}-build.{d[3]}",
            f"ul. Długa {d[0]}/{d[1]}, {digits(rng, 2)}-{digits(rng, 3)} Łódź, {d[2]} piętro",
            f"pomiar {d[0]} {d[1]} {d[2]} {d[3]} {d[4]} {d[5]} {d[6]} {d[7]}",
            f"RR 120/80, tętno {d[0]}, waga {d[1]} kg, wzrost 1{digits(rng, 2)} cm, temp. 36,6",
            f"{d[0]} 000 000,00 PLN i {d[1]} 500,00 EUR",
            f"suma 1 {digits(rng, 3)} {digits(rng, 3)} {digits(rng, 3)},{digits(rng, 2)} zł",
            f"totolotek {', '.join(sorted(d[:6]))}",
            f"strony {d[0]}-{d[1]}, {d[2]}-{d[3]}, {d[4]}",
            f"dawka {d[0]} mg co {d[1]} h przez {d[2]} dni, {d[3]} tabl.",
            f"1) {d[0]} 2) {d[1]} 3) {d[2]} 4) {d[3]}",
            "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
            f"poz. 1 {d[0]} szt.\npoz. 2 {d[1]} szt.\npoz. 3 {d[2]} szt.",
        )
    )


def spoken_other(rng: Random) -> str:

    def say(number: str, sizes: tuple[int, ...] = (1,)) -> str:
        groups = spoken.split(rng, number, sizes)
        return ", ".join(" ".join(spoken.polish(rng, g)) for g in groups)

    def sep(number: str, *shape: int) -> str:
        groups = spoken.cut(number, shape)
        return ", ".join(" ".join(spoken.PL_UNITS[int(d)] for d in g) for g in groups)

    passing = phone_passing(rng)
    return rng.choice(
        (
            f"telefon plus czterdzieści osiem, {say(passing[2:], (3,))}",
            f"plus cztery osiem {sep(passing[2:], 3, 3, 3)}",
            f"numer telefonu {say(digits(rng, 9, '567'), (3,))}",
            f"komórka {sep(digits(rng, 9, '567'), 3, 3, 3)}",
            f"NIP {sep(nip(rng), 3, 3, 2, 2)}",
            f"NIP {say(nip(rng), (2, 3))}",
            f"konto {say(around(rng, 26), rng.choice(((1,), (2,), (2, 3))))}",
            f"numer konta {sep(around(rng, 26), 2, 4, 4, 4, 4, 4, 4)}",
            f"identyfikator {sep(identifier(rng), 3, 3, 3, 3)}",
            f"mój numer {sep(identifier(rng), 3, 3, 3, 3)}",
            f"{sep(identifier(rng), 3, 3, 3, 3)}",
            "jeden, dwa, trzy, cztery, pięć, sześć, siedem, osiem, dziewięć, dziesięć",
            "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
            f"zapłaciłam {' '.join(spoken.three(digits(rng, 3, '123')))} złotych i {' '.join(spoken.two(digits(rng, 2, '2345')))} groszy, a wcześniej dwieście złotych, potem sto pięćdziesiąt złotych",
            "mam dwoje dzieci, jedno ma trzy lata, drugie pięć, a trzecie dwanaście, mieszkamy na drugim piętrze",
            f"kod kreskowy {say(around(rng, 13))}",
            f"REGON {say(around(rng, 14), (2,))}",
            "two hundred dollars, three tickets, seat twenty-two, row five, gate eleven, nine thirty",
            f"numer sprawy {say(digits(rng, 8))}",
            f"telefon {say(digits(rng, 9, '5'), (3,))}, wewnętrzny {say(digits(rng, 2))}",
            "пляс сорок вісім, шістсот один, двісті двадцять два, триста тридцять три",
            "plus forty-eight, six oh one, two two two, three three three",
            f"zadzwoń sześćset dwa {say(digits(rng, 6), (2, 3))}",
            f"zero zero czterdzieści osiem {sep(passing[2:], 3, 3, 3)}",
            f"recepta kod {say(digits(rng, 4))}, data dwunasty maja dwa tysiące dwudziestego piątego",
            f"karta {sep(around(rng, 16), 4, 4, 4, 4)}",
            f"klucz {say(around(rng, 22))}",
        )
    )


def other_label(rng: Random) -> str:
    n = wrong_check(rng)
    return rng.choice(
        (
            f"PESEL nie podano, nr zgłoszenia {n}",
            f"PESEL: brak, nr sprawy {n}",
            f"bez PESEL, polisa {n}",
            f"PESEL odmówił. Zgłoszenie nr {n}",
            f"PESEL nieznany; ID zgłoszenia: {n}",
            f"nr zgłoszenia {n}, PESEL nie podano",
            f"klient nie zna PESEL, numer zamówienia {n}",
            f"PESEL podamy później. Paczka {n}",
            f"pole PESEL puste, kod błędu {n}",
            f"PESEL - ? ; nr karty {n}",
            f"PESEL: nie dotyczy; rachunek {n}",
            f"nie pytać o PESEL! Ticket {n}",
            f"PESEL: {pesel(rng)[:6]}*****",
            f"PESEL {pesel(rng)[:2]}XXXXXXXXX",
            f"pesel ******{pesel(rng)[6:]}",
            f"PESEL kończy się na {pesel(rng)[7:]}",
            f"PESEL {pesel(rng)[:6]}-xxxxx",
            f"PESEL: {pesel(rng)[:9]}",
            f"PESEL zaczyna się od {pesel(rng)[:4]}, tel. 605 123 456",
            f"PESEL zmieniony 12.05.2024, wniosek {digits(rng, 6)}",
            "PESEL ma 11 cyfr, NIP 10, REGON 9 lub 14",
            "Ustawa o PESEL z dnia 24 września 2010 r. (Dz.U. 2010 nr 217 poz. 1427)",
            f"PESEL niepotrzebny, tel. {digits(rng, 9, '567')}",
            f"PESEL? nie. konto {around(rng, 26)}",
            f"PESEL nie, tel. +48 {phone_passing(rng)[2:]}",
            "PESEL: ########### tel 605123456",
            "OID 2.16.840.1.113883.3.4424.1.1.616 to PESEL",
            f"nr {n}",
            f"{n}",
            f"numer {n[:6]} {n[6:]}",
            f"zgłoszenie {_cut(n, 3, 3, 3, 2)}",
        )
    )


LOOKALIKES: dict[str, Make] = {
    "phone": phone,
    "foreign phone": foreign_phone,
    "account": account,
    "company": company,
    "long key": long_key,
    "moment": moment,
    "order": order,
    "account id": account_id,
    "device": device,
    "amounts": amounts,
    "spoken": spoken_other,
    "other label": other_label,
}
