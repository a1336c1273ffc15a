"""Names for invented people: frequent in Poland, by sex and by year of birth.

The lists follow the yearly statistics of the PESEL register on dane.gov.pl in kind,
not in number. Nobody in particular is meant.

>>> feminine("Kowalski"), feminine("Zawadzki"), feminine("Nowak")
('Kowalska', 'Zawadzka', 'Nowak')
"""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """Names from one text, parted by bars where they have two words.

    >>> words("Thi Lan|Thi Hoa"), words("Rahul Amit")
    (('Thi Lan', 'Thi Hoa'), ('Rahul', 'Amit'))
    """
    return tuple(text.split("|" if "|" in text else None))


_COHORTS = (1945, 1965, 1985, 2005, 9999)

WOMEN = (
    words(
        "Maria Janina Zofia Krystyna Helena Irena Stanisława Jadwiga Kazimiera Halina "
        "Genowefa Wanda Danuta Teresa Barbara"
    ),
    words(
        "Maria Krystyna Anna Barbara Teresa Elżbieta Halina Danuta Irena Ewa Grażyna Bożena "
        "Jadwiga Urszula Zofia Małgorzata"
    ),
    words(
        "Anna Katarzyna Małgorzata Agnieszka Joanna Ewa Monika Beata Dorota Renata Iwona "
        "Magdalena Aneta Marta Edyta Sylwia Justyna Izabela"
    ),
    words(
        "Katarzyna Anna Magdalena Natalia Karolina Paulina Aleksandra Monika Agnieszka "
        "Joanna Marta Kinga Patrycja Weronika Klaudia Wiktoria Zuzanna"
    ),
    words(
        "Zuzanna Julia Zofia Maja Hanna Lena Alicja Oliwia Maria Amelia Laura Pola Emilia "
        "Wiktoria Nadia Antonina Helena"
    ),
)
MEN = (
    words(
        "Jan Stanisław Józef Tadeusz Kazimierz Marian Henryk Zbigniew Jerzy Czesław Ryszard "
        "Mieczysław Edward Zdzisław"
    ),
    words(
        "Jan Stanisław Andrzej Krzysztof Józef Jerzy Ryszard Zbigniew Marek Tadeusz Henryk "
        "Janusz Wiesław Leszek Roman Bogdan"
    ),
    words(
        "Piotr Krzysztof Andrzej Tomasz Marcin Paweł Grzegorz Marek Robert Jacek Dariusz "
        "Mariusz Sławomir Artur Rafał Adam Wojciech"
    ),
    words(
        "Mateusz Michał Łukasz Jakub Kamil Paweł Tomasz Adrian Dawid Patryk Bartosz Maciej "
        "Szymon Damian Marcin Kacper Filip"
    ),
    words(
        "Antoni Jan Aleksander Jakub Franciszek Szymon Filip Mikołaj Stanisław Wojciech Adam "
        "Leon Nikodem Tymon Kacper Ignacy Oskar"
    ),
)
FAMILIES = words(
    "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański "
    "Woźniak Dąbrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk "
    "Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński "
    "Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki "
    "Pawlak Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski "
    "Tomaszewski Pietrzak Zalewski Wróblewski Marciniak Jasiński Zawadzki Bąk Jakubowski "
    "Sadowski Duda Włodarczyk Wilk Chmielewski Borkowski Sokołowski Szczepański Sawicki "
    "Kucharski Lis Maciejewski Kubiak Kalinowski Mazurek Wysocki Kołodziej Kaźmierczak "
    "Czarnecki Konieczny Sobczak Głowacki Urban Wasilewski Zakrzewski Sikorski Krajewski "
    "Gajewski Laskowski Ziółkowski Mróz Makowski Brzeziński Szulc Przybylski Domański "
    "Baranowski Błaszczyk Borowski Szymczak Kaczmarczyk Cieślak Kania Bielecki Andrzejewski "
    "Wawrzyniak Gołębiowski Kurek Żak Janik Matuszewski Sroka Różański Leśniak Gutowski "
    "Tkaczyk Orłowski Czajkowski"
)

UKRAINIAN_WOMEN = words(
    "Oksana Olena Natalia Iryna Tetiana Svitlana Yuliia Kateryna Anastasiia Halyna Viktoriia "
    "Mariia Daryna Sofiia"
)
UKRAINIAN_MEN = words(
    "Oleksandr Serhii Andrii Volodymyr Mykola Dmytro Ivan Yurii Vasyl Bohdan Maksym Artem "
    "Taras Nazar"
)
UKRAINIAN_FAMILIES = words(
    "Kovalenko Shevchenko Bondarenko Tkachenko Kravchenko Oliinyk Koval Shevchuk Polishchuk "
    "Lysenko Marchenko Savchenko Rudenko Moroz Petrenko Melnyk Kravchuk Klymenko Pavlenko "
    "Kushnir Hrytsenko Boiko Romaniuk"
)

# Country, women's names, men's names, families: a handful of others.
OTHERS = (
    ("Aleksandra Volha Hanna Natallia", "Aliaksandr Siarhei Dzmitry Ihar", "Ivanou Kazlou Novik"),
    ("Thi Lan|Thi Hoa|Thi Mai", "Van Minh|Van Hung|Duc Anh", "Nguyen Tran Pham Le Hoang"),
    ("Priya Ananya Kavya", "Rahul Arjun Amit", "Sharma Patel Singh Gupta"),
    ("Emily Sarah Laura", "James Thomas David", "Taylor Brown Wilson Evans"),
    ("Anke Julia Sabine", "Stefan Jürgen Lukas", "Müller Schneider Weber Becker"),
)


def cohort(year: int) -> int:
    """Which of the lists somebody born in ``year`` is named from.

    >>> cohort(1944), cohort(1945), cohort(2020)
    (0, 1, 4)
    """
    return next(place for place, end in enumerate(_COHORTS) if year < end)


def feminine(family: str) -> str:
    """The family name as a woman bears it: adjectives in -ski, -cki and -dzki change."""
    return family[:-1] + "a" if family.endswith(("ski", "cki", "dzki")) else family
