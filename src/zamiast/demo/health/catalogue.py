"""What the invented records are made of: illnesses, medicines, facilities, vaccinations.

Codes are real (ICD-10, ATC, ICD-9-PL, LOINC); facilities, doctors and prices are made up.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Medicine:
    """A medicine as it is prescribed; ``days``: how long the prescription is valid."""

    atc: str
    name: str
    dose: str
    quantity: int
    unit: str = "tabl."
    days: int = 365


@dataclass(frozen=True)
class Illness:
    """An illness, at which ages and how often, and what follows from it."""

    icd10: str
    name: str
    ages: tuple[int, int]
    share: float
    medicines: tuple[Medicine, ...] = ()
    clinic: str = ""
    lasting: bool = True


FACILITIES = (
    ("poz", "Przychodnia Lekarza Rodzinnego „Lipowa”", "Lublin", "20-020"),
    ("kardio", "Poradnia Kardiologiczna, Szpital Miejski", "Lublin", "20-081"),
    ("szpital", "Szpital Miejski im. św. Łukasza", "Lublin", "20-081"),
    ("spec", "Centrum Specjalistyczne „Zdrowa”", "Kraków", "31-146"),
    ("dzieci", "Poradnia Dziecięca „Kasztan”", "Gdańsk", "80-835"),
    ("lab", "Laboratorium „Analiza”", "Poznań", "60-535"),
    ("prywatna", "Gabinety Prywatne „Medyk”", "Wrocław", "50-079"),
    ("obcy", "Klinika Skóry „Derma”", "Szczecin", "70-001"),
    ("zeby", "Gabinet Stomatologiczny „Uśmiech”", "Lublin", "20-075"),
    ("apteka", "Apteka „Pod Lwem”", "Lublin", "20-020"),
    ("apteka2", "Apteka „Rumianek”", "Gdańsk", "80-835"),
)
NAMES = {key: name for key, name, _, _ in FACILITIES}
# Well-formed, and nobody's: no tax office has the prefix 000, no area the prefix 00.
TAX_NUMBERS = {
    "poz": "0000001011", "kardio": "0000001086", "szpital": "0000001152", "spec": "0000001229",
    "dzieci": "0000001293", "lab": "0000001436", "prywatna": "0000001502", "obcy": "0000001577",
    "zeby": "0000001643", "apteka": "0000001784", "apteka2": "0000001850",
}  # fmt: skip
TELEPHONE = "+48 00 000 0{:02} 17"
DOCTORS = (
    ("d1", "Halina", "Mazur", "lekarz rodzinny"),
    ("d2", "Krzysztof", "Wilk", "kardiolog"),
    ("d3", "Agnieszka", "Sowa", "pediatra"),
    ("d4", "Paweł", "Jeleń", "ortopeda"),
    ("d5", "Irena", "Czapla", "diabetolog"),
    ("d6", "Olena", "Bondar", "dermatolog"),
    ("d7", "Marek", "Żuraw", "internista"),
)

RAMIPRIL = Medicine("C09AA05", "Ramipryl 5 mg, tabletki", "1 tabletka rano", 60)
AMLODIPINE = Medicine("C08CA01", "Amlodypina 5 mg, tabletki", "1 tabletka rano", 30)
METFORMIN = Medicine("A10BA02", "Metformina 850 mg, tabletki",
                     "1 tabletka rano i 1 wieczorem, do posiłku", 60)  # fmt: skip
ATORVASTATIN = Medicine("C10AA05", "Atorwastatyna 20 mg, tabletki", "1 tabletka wieczorem", 30)
LEVOTHYROXINE = Medicine("H03AA01", "Lewotyroksyna 50 µg, tabletki",
                         "1 tabletka rano, na czczo", 50)  # fmt: skip
SALBUTAMOL = Medicine("R03AC02", "Salbutamol, aerozol wziewny",
                      "2 wdechy przy duszności, do 4 razy na dobę", 1, "op.")  # fmt: skip
OMEPRAZOLE = Medicine("A02BC01", "Omeprazol 20 mg, kapsułki", "1 kapsułka rano", 28, "kaps.")
SERTRALINE = Medicine("N06AB06", "Sertralina 50 mg, tabletki", "1 tabletka rano", 28)
IBUPROFEN = Medicine("M01AE01", "Ibuprofen 400 mg, tabletki", "1 tabletka co 8 godzin", 20)
AMOXICILLIN = Medicine("J01CA04", "Amoksycylina 500 mg, tabletki",
                       "1 tabletka co 8 godzin przez 7 dni", 21, days=7)  # fmt: skip
AMOXICILLIN_CHILD = Medicine("J01CA04", "Amoksycylina, zawiesina doustna",
                             "5 ml co 8 godzin przez 7 dni", 1, "op.", days=7)  # fmt: skip
TRAMADOL = Medicine("N02AX02", "Tramadol 50 mg, kapsułki",
                    "1 kapsułka co 6 godzin przy silnym bólu", 20, "kaps.", days=30)  # fmt: skip
CETIRIZINE = Medicine("R06AE07", "Cetyryzyna 10 mg, tabletki", "1 tabletka wieczorem", 30)
ISOTRETINOIN = Medicine("D10BA01", "Izotretynoina 20 mg, kapsułki", "1 kapsułka dziennie", 30,
                        "kaps.", days=30)  # fmt: skip

ILLNESSES = (
    Illness("I10", "Nadciśnienie samoistne (pierwotne)", (40, 110), 0.45,
            (RAMIPRIL, AMLODIPINE), "kardio"),
    Illness("E11", "Cukrzyca insulinoniezależna", (45, 110), 0.18, (METFORMIN,), "spec"),
    Illness("E78.0", "Czysta hipercholesterolemia", (40, 110), 0.25, (ATORVASTATIN,)),
    Illness("E03.9", "Niedoczynność tarczycy, nieokreślona", (25, 110), 0.12, (LEVOTHYROXINE,)),
    Illness("J45.0", "Dychawica oskrzelowa (astma) w głównej mierze alergiczna", (4, 90), 0.08,
            (SALBUTAMOL,), "spec"),
    Illness("K21", "Choroba refluksowa przełyku", (25, 90), 0.12, (OMEPRAZOLE,)),
    Illness("F32", "Epizod depresyjny", (18, 80), 0.07, (SERTRALINE,), "spec"),
    Illness("M54.5", "Ból dolnego odcinka kręgosłupa", (20, 90), 0.2, (IBUPROFEN,), "prywatna",
            lasting=False),
    Illness("M17", "Choroba zwyrodnieniowa stawów kolanowych", (60, 110), 0.3, (TRAMADOL,),
            "prywatna"),
    Illness("J03", "Ostre zapalenie migdałków", (3, 60), 0.15, (AMOXICILLIN,), lasting=False),
    Illness("H66", "Ropne zapalenie ucha środkowego", (0, 12), 0.3, (AMOXICILLIN_CHILD,),
            "dzieci", lasting=False),
    Illness("J30", "Naczynioruchowy i alergiczny nieżyt nosa", (5, 70), 0.15, (CETIRIZINE,)),
)  # fmt: skip

ANTIBIOTICS = ("J01",)

CHILD_VACCINATIONS = (  # month of life, ATC, name, dose, of how many
    (0, "J07BC01", "Szczepionka przeciw wirusowemu zapaleniu wątroby typu B", 1, 3),
    (0, "J07AN01", "Szczepionka przeciw gruźlicy (BCG)", 1, 1),
    (2, "J07AJ51", "Szczepionka przeciw błonicy, tężcowi i krztuścowi", 1, 4),
    (2, "J07AL02", "Szczepionka przeciw pneumokokom", 1, 3),
    (4, "J07AJ51", "Szczepionka przeciw błonicy, tężcowi i krztuścowi", 2, 4),
    (4, "J07AL02", "Szczepionka przeciw pneumokokom", 2, 3),
    (6, "J07AJ51", "Szczepionka przeciw błonicy, tężcowi i krztuścowi", 3, 4),
    (7, "J07BC01", "Szczepionka przeciw wirusowemu zapaleniu wątroby typu B", 3, 3),
    (14, "J07BD52", "Szczepionka przeciw odrze, śwince i różyczce", 1, 2),
    (72, "J07BD52", "Szczepionka przeciw odrze, śwince i różyczce", 2, 2),
    (168, "J07AJ51", "Szczepionka przeciw błonicy, tężcowi i krztuścowi", 4, 4),
)
FLU = ("J07BB02", "Szczepionka przeciw grypie, sezonowa")
COVID = ("J07BN01", "Szczepionka przeciw COVID-19 (mRNA)")

ALLERGIES = ("Penicylina", "Orzeszki ziemne", "Pyłki brzozy", "Jad pszczoły", "Mleko krowie")

SERVICES = (  # ICD-9-PL, name, price in zlotys
    ("89.52", "Elektrokardiogram (EKG)", 25),
    ("88.76", "USG jamy brzusznej", 140),
    ("87.44", "RTG klatki piersiowej", 55),
    ("91.44", "Badanie krwi: morfologia", 18),
)
LAB_TEXT = (
    "Morfologia krwi obwodowej\n\n"
    "Hemoglobina {hb} g/dl (norma 12,0 do 16,0)\n"
    "Leukocyty {wbc} tys./µl (norma 4,0 do 10,0)\n"
    "Płytki krwi {plt} tys./µl (norma 150 do 400)\n\n"
    "Wynik opisuje lekarz zlecający badanie."
)
DISCHARGE_TEXT = (
    "Karta informacyjna leczenia szpitalnego\n\n"
    "Pobyt od {began} do {ended}.\n"
    "Rozpoznanie: {diagnosis}.\n"
    "Zastosowane leczenie: zachowawcze.\n"
    "Zalecenia: kontrola u lekarza rodzinnego za 7 dni."
)
