"""Where invented people live: cities by size, villages, streets. Postal codes fit the place.

Each city: name, thousands of people, beginnings of its postal codes.
"""

from __future__ import annotations

from zamiast.demo.names import words

CITIES = (
    ("Warszawa", 1860, "00 01 02 03 04"),
    ("Kraków", 803, "30 31"),
    ("Wrocław", 674, "50 51 52 53 54"),
    ("Łódź", 655, "90 91 92 93 94"),
    ("Poznań", 541, "60 61"),
    ("Gdańsk", 487, "80"),
    ("Szczecin", 391, "70 71"),
    ("Bydgoszcz", 330, "85"),
    ("Lublin", 331, "20"),
    ("Białystok", 292, "15"),
    ("Katowice", 280, "40"),
    ("Gdynia", 242, "81"),
    ("Częstochowa", 208, "42"),
    ("Rzeszów", 198, "35"),
    ("Radom", 197, "26"),
    ("Toruń", 196, "87"),
    ("Sosnowiec", 189, "41"),
    ("Kielce", 183, "25"),
    ("Gliwice", 171, "44"),
    ("Olsztyn", 168, "10"),
    ("Bielsko-Biała", 166, "43"),
    ("Zielona Góra", 139, "65"),
    ("Opole", 126, "45"),
    ("Gorzów Wielkopolski", 116, "66"),
    ("Elbląg", 114, "82"),
    ("Płock", 113, "09"),
    ("Tarnów", 104, "33"),
    ("Koszalin", 105, "75"),
    ("Kalisz", 96, "62"),
    ("Legnica", 93, "59"),
    ("Słupsk", 87, "76"),
    ("Jelenia Góra", 76, "58"),
    ("Nowy Sącz", 80, "33"),
    ("Siedlce", 76, "08"),
    ("Suwałki", 69, "16"),
    ("Zamość", 58, "22"),
    ("Przemyśl", 56, "37"),
    ("Chełm", 56, "22"),
    ("Łomża", 60, "18"),
    ("Biała Podlaska", 56, "21"),
)

# Villages carry common names; the first two digits say in which region this one lies.
VILLAGES = words(
    "Wola Dębowa|Nowa Wieś|Dąbrowa|Zalesie|Brzeziny|Lipowiec|Kamionka|Zagórze|Borki|"
    "Stara Wieś|Jasień|Olszanka|Podlesie|Wólka|Brzozówka|Górki|Kalinowo|Rudnik|Sosnówka|Łąki|"
    "Grabów|Żabno|Malinówka|Poręby|Wysoka|Jeziorany Małe|Turowiec|Czarny Las|Młynek|Piaski"
)
REGIONS = words(
    "05 06 07 09 11 12 14 16 17 18 19 21 22 23 24 26 27 28 29 32 33 34 36 37 38 39 42 46 47 "
    "48 49 55 56 57 59 62 63 64 66 67 68 72 73 74 76 77 78 83 84 86 87 88 89 95 96 97 98 99"
)

STREETS = words(
    "Polna|Leśna|Słoneczna|Krótka|Szkolna|Ogrodowa|Lipowa|Brzozowa|Łąkowa|Kwiatowa|Sosnowa|"
    "Kościelna|Akacjowa|Parkowa|Zielona|Kolejowa|Sportowa|Dębowa|Kościuszki|Mickiewicza|"
    "Słowackiego|Sienkiewicza|Konopnickiej|Żeromskiego|Reymonta|Piłsudskiego|"
    "Wojska Polskiego|Jana Pawła II|3 Maja|1 Maja|11 Listopada|Warszawska|Krakowska|Lubelska|"
    "Gdańska|Klonowa|Spacerowa|Jagiellońska|Moniuszki|Chopina|Staszica|Kopernika|"
    "Wyspiańskiego|Norwida|Pogodna|Wiosenna|Jesienna|Górna|Rzemieślnicza|Młyńska|Nadrzeczna|"
    "Wiśniowa|Jarzębinowa|Kasztanowa"
)
