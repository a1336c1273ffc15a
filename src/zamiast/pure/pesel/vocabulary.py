"""The words around spoken numbers, as data: what they do to the number beside them.

Entries are folded on loading, so Polish letters here are for the reader only.
"""

from __future__ import annotations

from enum import Enum

from zamiast.pure.numerals import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


class Role(Enum):
    """What a word does where digits are being said."""

    NUMBER = "number"
    FILLER = "filler"
    """Says nothing: the number goes on after it."""
    CORRECTION = "correction"
    """The group said last may be wrong."""
    REPEAT = "repeat"
    """The group said last may be said again."""
    PESEL = "pesel"
    """Announces a PESEL."""
    LABEL = "label"
    """Names another number."""
    NUMBERED = "numbered"
    """"nr", "numer": whether a label or a filler, the next word tells."""
    DENIAL = "denial"
    """Says that no number follows."""
    UNIT = "unit"
    """Makes a quantity of the number before it."""
    PLUS = "plus"
    """Marks a phone."""
    PREFIX = "prefix"
    """Makes a quantity of the number after it."""
    OTHER = "other"
    """Any other word."""


WORDS: dict[Role, str] = {
    Role.FILLER: """
        yyy yy y eee ee e eh em eeem ekhm hm hmm hmmm mm mmm mhm yhm uhm um uh er erm aa aaa ach
        och no i a o to tu ta te tego tam albo czyli więc że jest są będzie miało być mam ma mamy
        masz tak taa dobrze dobra okej ok okay jasne rozumiem super aha słucham słuchaj proszę
        pani pana panu pan państwo panie dziękuję dzięki już mówię podaję patrzę momencik moment
        chwila chwileczkę chwilę sekundkę sekunda sekundę minutkę zaraz dalej potem później
        następnie następna następny następne kolejna kolejny kolejne kolejno kreska myślnik
        minus spacja przecinek kropka pauza przerwa ukośnik slash łamane podkreślenie dywiz
        średnik wie wiesz pan się zaczyna kończy na od do po ze z w potem na końcu koniec
        końcówka ostatnie ostatnia ostatni ostatnią pierwsze teraz uwaga szukam czekaj poczekaj
        czekam notuję zapisuję zapisz zapisać zapisałam zapisałem halo jak było niech spojrzę
        sprawdzę sprawdzam gdzie jeszcze tylko okulary założę spokojnie bo słabo widać cyfra
        cyfry cyfrę cyferki kochana kochany znowu znów również właśnie te ten tą no więc powoli
        wolniej czytam odczytuję widzę mniej więcej chyba numer nr numerek і й та далі потім так
        добре гаразд дякую слухаю зараз хвилинку секунду вибачте будь ласка ось це ну е ем м хм угу
        ага крапка кома тире дефіс пробіл ще потім тоді наступна and then next okay uh-huh yes
        yeah yep right sure please dash space comma dot period point hyphen well so like that's
        it's is the a wait moment got it go ahead thanks thank you sorry hang on hold let me see
    """,
    Role.CORRECTION: """
        nie oj przepraszam znaczy wróć pomyłka pomyliłam pomyliłem pomyłkę źle poprawka poprawiam
        stop cofam cofnij cofnę sorry sorki właściwie kurczę kurde tfu raczej błąd
        błędnie przejęzyczyłam przejęzyczyłem inaczej wybacz wybaczy korekta skreśl skreślić
        skasuj anuluj ojej ups jednak ні вибачте перепрошую помилка тобто помилився помилилась
        неправильно стоп sorry correction wait actually mistake scratch oops rather mean
    """,
    Role.REPEAT: """
        powtarzam powtórzę powtórz powtórka raz jeszcze ponownie znowu znaczy mówię podaję tak
        czyli powiedziałam powiedziałem mówiłam mówiłem повторюю повторю повторення раз again repeat
        repeating
    """,
    Role.PLUS: "plus плюс пляс",
    Role.NUMBERED: "nr numer numeru numerem numerze номер number id identyfikator kod код code",
    Role.DENIAL: """
        brak braku nieznany nieznane nieznana odmówił odmówiła odmowa odmawia pusty puste puste
        niepotrzebny niepotrzebne niedostępny zastąpiono zastąpiony zastąpione zbędny ukryty
        usunięto usunięty dotyczy nie bez ні без немає without missing unknown none not
    """,
    Role.LABEL: """
        tel telefon telefonu telefonem telefonie komórka komórki komórkę kom
        kontaktowy stacjonarny fax faks dzwonić zadzwoń zadzwonić oddzwonić
        wewnętrzny nip nipu regon regonu krs konto konta kontem koncie rachunek rachunku
        rachunkiem bankowy bankowego nrb iban swift karta karty kartę kartą kartę pwz npwz
        zgłoszenie zgłoszenia zgłoszeniu zamówienie zamówienia zam faktura faktury fv bilet
        biletu bilety sprawa sprawy sprawę polisa polisy polisę wniosek wniosku umowa umowy sygn
        sygnatura akt akta dowód dowodu paszport paszportu legitymacja legitymacji prawo księga
        księgi kw recepta recepty receptę receptą skierowanie skierowania klucz klucza dokument
        dokumentu paczka paczki paczkę przesyłka przesyłki przesyłkę list listu zlecenie
        zlecenia reklamacja reklamacji transakcja transakcji ticket imei ean isbn issn sim iccid
        serial seryjny seryjnego uuid guid commit sha hash mac ip wersja wersji version build
        oid protokół protokołu błędu kreskowy identyfikatora referencyjny rma inv zamówień dzu
        poz ust art par ustawa rozporządzenie телефон телефону рахунок рахунку картка картки
        замовлення справа phone mobile telephone account invoice order card ticket case booking
        reference tax
    """,
    Role.PREFIX: """
        sala sali oddział oddziału łóżko łóżka pokój pokoju gabinet gabinecie piętro wiek wieku
        waga wzrost tętno temp rozdział strona strony pozycja poz punkt pkt par art m room page
        floor ulica ulicy ul mieszkanie mieszkania lokal lokalu pocztowy pocztowego klatka вулиця
        будинок квартира
    """,
    Role.UNIT: """
        r lat lata latek roku rok roczek miesięcy miesiące miesiąc tygodni tygodnie tydzień dni
        dzień doby godzin godziny godzina godzinę godz minut minuty minutę sekund zł złotych
        złote złoty złotówek gr grosz grosze groszy euro eur pln usd dolarów tys tysiąc tysiące
        tysięcy milion miliony milionów mln mld kg kilo kilogram kilogramów gram gramów mg ml
        litr litry litrów cm mm km metr metry metrów szt sztuk sztuki sztuka sztukę tabl
        tabletek tabletki tabletka tabletkę kaps kapsułek kapsułki porcje procent procenty proc
        stopni stopnie razy_dziennie dzieci synów synowie synowi córki córek osób osoby braci
        braty sióstr siostry wnuków pytania pytań pytanie pokoje pokoi piętro piętrze piętra
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października
        listopada grudnia років роки рік днів дні годин години хвилин гривень злотих тисяч years
        year days hours minutes dollars dollar pounds euros thousand million percent tickets
    """,
}
"""The words of each role."""

PRECEDENCE = (
    Role.FILLER,
    Role.DENIAL,
    Role.REPEAT,
    Role.CORRECTION,
    Role.NUMBERED,
    Role.PLUS,
    Role.LABEL,
    Role.UNIT,
    Role.PREFIX,
)

DENIES = _folded(
    """brak braku nie bez odmówił odmówiła odmowa nieznany nieznane niepotrzebny
    zastąpiono zbędny usunięto zamiast
    ні без немає not without missing unknown none"""
)
"""Between the word PESEL and a number these words mean: not that number."""

PESEL_STEMS = ("pesel", "песел", "pessel")
"""A word with one of these inside is the word PESEL."""

WEAK = _folded("o oh ten one tree nil second")
"""Number words in one language, small change in another: count only among their own."""

PRETEXTS = _folded(
    """moja mój mojej mojego mojemu twój jego jej ich nasz żony żona męża mąż mamy mama
    taty tata syna syn synka córki córka dziecka dziecko brata siostry babci dziadka matki ojca
    pacjenta pacjentki pacjent klienta klientki osoby wnuka wnuczki partnera teściowej podany
    podaje poprawny brzmi wynosi number my is мій номер матері"""
)
"""Words that may stand between the word PESEL and its number: whose it is."""


def roles() -> dict[str, Role]:
    """Return the role of each known word by folded spelling; later roles win."""
    return {word: role for role in PRECEDENCE for word in _folded(WORDS[role])}
