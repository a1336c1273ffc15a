"""Where each rule comes from, and how far that can be trusted.

Documents are named in their own language. A grade of ``W``, ``I`` or ``K`` is not law: a
rule that rests on it names the operator's setting it hangs on. All pages were read on
22 November 2026.

>>> GUARDIAN_LIST.grade.value, GUARDIAN_LIST.binding
('O', True)
>>> INFERENCE.binding
False
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

READ_ON = date(2026, 11, 22)


class Grade(StrEnum):
    """How far a source can be trusted."""

    OFFICIAL = "O"
    LAW = "L"
    PRESS = "N"
    WEAK = "W"
    INFERRED = "I"
    UNCONFIRMED = "K"


@dataclass(frozen=True, slots=True)
class Source:
    """A document, its grade, and where to read it."""

    document: str
    grade: Grade
    address: str = ""

    @property
    def binding(self) -> bool:
        """Say whether the rule is law or official practice, not the operator's setting."""
        return self.grade in (Grade.OFFICIAL, Grade.LAW, Grade.PRESS)


def _source(document: str, grade: Grade, address: str = "") -> Source:
    return Source(document, grade, address and f"https://{address}")


_PACJENT = "pacjent.gov.pl/aktualnosc/"

GUARDIAN_LIST = _source(
    "pacjent.gov.pl, Gdzie moje dziecko", Grade.OFFICIAL, _PACJENT + "gdzie-moje-dziecko"
)
LOST_ACCESS = _source(
    "pacjent.gov.pl, Utrata dostępu do IKP dziecka",
    Grade.OFFICIAL,
    _PACJENT + "utrata-dostepu-do-ikp-dziecka",
)
BOTH_PARENTS = _source(
    "pacjent.gov.pl, Tata i mama z dostępem do IKP dziecka",
    Grade.OFFICIAL,
    _PACJENT + "tata-i-mama-z-dostepem-do-ikp-dziecka",
)
TEENAGER = _source(
    "pacjent.gov.pl, Nastolatek na IKP", Grade.OFFICIAL, _PACJENT + "nastolatek-na-ikp"
)
KNOW_YOUR_ACCOUNT = _source(
    "pacjent.gov.pl, Poznaj swoje IKP", Grade.OFFICIAL, _PACJENT + "poznaj-swoje-ikp"
)
QUESTIONS = _source(
    "pacjent.gov.pl, Pytania i odpowiedzi",
    Grade.OFFICIAL,
    "szczepimysie.pacjent.gov.pl/internetowe-konto-pacjenta/pytania-i-odpowiedzi",
)
NFZ_GUIDE = _source(
    "NFZ, Poradnik pacjenta: dostęp do IKP dziecka",
    Grade.OFFICIAL,
    "www.nfz.gov.pl/aktualnosci/aktualnosci-centrali/poradnik-pacjenta-jak-uzyskac-dostep-do-"
    "internetowego-konta-pacjenta-dziecka,8392.html",
)
NFZ_JOB_CHANGE = _source(
    "NFZ przypomina, jak uzyskać dostęp do IKP dziecka (WNP)",
    Grade.PRESS,
    "www.wnp.pl/wiadomosci/nfz-przypomina-jak-uzyskac-dostep-do-internetowego-konta-pacjenta-"
    "dziecka,708825.html",
)
SEASONAL_JOB = _source(
    "Infor, Student pracuje w wakacje: co z ubezpieczeniem",
    Grade.PRESS,
    "edukacja.infor.pl/studia/7003318,student-pracuje-w-wakacje-co-z-ubezpieczeniem-zdrowotnym.html",
)
DIVORCE_RULING = _source(
    "Kodeks rodzinny i opiekuńczy, art. 58 (Medycyna Praktyczna)",
    Grade.LAW,
    "www.mp.pl/pytania/pediatria/chapter/B25.QA.21.1.20.",
)
OMBUDSMAN = _source(
    "Rzecznik Praw Pacjenta o rodzicach z ograniczoną władzą rodzicielską",
    Grade.OFFICIAL,
    "www.rynekzdrowia.pl/Prawo/RPP-o-uprawnieniach-rodzica-z-ograniczona-wladza-rodzicielska,"
    "141254,2.html",
)
AUTHORITY_LAPSES = _source(
    "Serwis Prawa, Władza rodzicielska a informacja o zdrowiu dziecka",
    Grade.LAW,
    "www.serwisprawa.pl/artykuly,121,22561,czy-rodzic-z-ograniczona-wladza-rodzicielska-moze-"
    "uzyskac-informacje-o-stanie-zdrowia-dziecka",
)
OBJECTION = _source(
    "Minister Sprawiedliwości (2014) o sprzeciwie jednego rodzica",
    Grade.OFFICIAL,
    "petycja.eu/1216/dyskryminacja-ojcow-przez-placowki-opieki-zdrowotnej/",
)
FOSTER = _source(
    "Kodeks rodzinny i opiekuńczy, art. 112¹ (bieżąca piecza)",
    Grade.LAW,
    "katarzynatryniszewska.pl/artykul/wykonywanie-biezacej-pieczy-nad-dzieckiem-przez-rodzine-"
    "zastepcza",
)
REPRESENTATIVES = _source(
    "Kodeks rodzinny i opiekuńczy, art. 98, 146, 175 i 181",
    Grade.LAW,
    "dbmkancelaria.pl/udostepnienie-dokumentacji-medycznej/",
)
NO_LOGIN_WHEN_INCAPACITATED = _source(
    "Rynek Zdrowia (2022), Profil zaufany wymaga zdolności do czynności prawnych",
    Grade.OFFICIAL,
    "www.rynekzdrowia.pl/E-zdrowie/Internetowe-Konto-Pacjenta-nie-dla-wszystkich-te-grupy-osob-"
    "z-IKP-nie-skorzystaja,233823,7.html",
)
GAP_GROUP = _source(
    "Dzielna Matka, Wykluczeni cyfrowo",
    Grade.PRESS,
    "magazyn-dzielnamatka.org/wykluczeni-cyfrowo/",
)
DOUBLE_CONSENT = _source(
    "Prawo.pl, Zgoda małoletniego powyżej 16 lat",
    Grade.LAW,
    "www.prawo.pl/zdrowie/gdy-pacjent-maloletni-nie-zgadza-sie-na-upowaznienie-wybranej-przez-"
    "rodzica-osoby-to-podmiot-leczniczy-nie-moze-udostepnic-informacji-o-stanie-zdrowia-pacjenta-"
    "osobie-trzeciej-bez-zgody-sadu-opiekunczego,247115.html",
)
TEEN_RECORDS = _source(
    "Prawo.pl, Dokumentacja 17-letniego pacjenta a rodzic",
    Grade.LAW,
    "www.prawo.pl/zdrowie/czy-szpital-moze-odmowic-udostepnienia-dokumentacji-medycznej-"
    "przedstawicielowi-ustawowemu-17-letniego-pacjenta-w-sytuacji-w-ktorej-pacjent-ten-upowaznil-"
    "inna-niz-przedstawiciel-ustawowy-osobe-trzecia-do-dostepu-do-jego-dokumentacji-medycznej,"
    "262269.html",
)
ARTICLE_7A = _source(
    "Ustawa o systemie informacji w ochronie zdrowia, art. 7a",
    Grade.LAW,
    "arslege.pl/internetowe-konto-pacjenta-ikp/k830/a115965",
)
AUTHORISATION_START = _source("CMBM, instrukcja IKP", Grade.OFFICIAL, "cmbm.pl/en/instruction/")
RECORDS_AFTER_DEATH = _source(
    "Prawo.pl, Dokumentacja dla osoby upoważnionej za życia",
    Grade.LAW,
    "prawo.pl/zdrowie/udostepnianie-dokumentacji-medycznej-podmiotom-niewymienionym-w-ustawie-o-"
    "prawach-pacjenta-i-rzeczniku-praw-pacjenta,262145.html",
)
PROFESSIONALS = _source(
    "mMedica, Udostępnianie dokumentacji medycznej",
    Grade.WEAK,
    "mmedica.online/udostepnianie-dokumentacji-medycznej-pacjent-lekarz/",
)
TRUSTED_PROFILE_AT_13 = _source(
    "Dobre Programy, Profil zaufany dla 13-latków",
    Grade.PRESS,
    "www.dobreprogramy.pl/profil-zaufany-dla-13-latkow-po-rejestracji-trzeba-potwierdzic-"
    "tozsamosc,6987852171651872a",
)
PROTECTED = _source(
    "Helsenorge (Norwegia), tajny adres",
    Grade.INFERRED,
    "www.helsenorge.no/en/power-of-attorney/using-helsenorge-on-behalf-of-others/"
    "using-helsenorge-on-behalf-of-a-child",
)
EMERGENCY_FREEZE = _source(
    "1177 (Szwecja), blokada dostępu opiekuna",
    Grade.INFERRED,
    "folkhalsaochsjukvard.rjl.se/administration/e-tjanster/it-stod/"
    "blockera-vardnadshavare-och-lasning-av-inloggning/",
)
INFERENCE = _source("Zamiast: wniosek z powyższych źródeł", Grade.INFERRED)
SILENCE = _source("Zamiast: co nie jest otwarte, jest zamknięte", Grade.INFERRED)
