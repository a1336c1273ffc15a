"""Reading the file: bytes to rows; what cannot be read is told by line and reason.

A reason never repeats what stood in the file: anything may stand in any column.
"""

from __future__ import annotations

import codecs
import csv
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from zamiast.errors import BadInput
from zamiast.pure import identifier
from zamiast.pure.access.facts import InsuranceEnd, Payer, Title

T = TypeVar("T")
EARLIEST = datetime.date(1999, 1, 1)  # health insurance as it is today began then


class BadLine(Exception):
    """One line that cannot be used; the text says why, without what stood there."""


@dataclass(frozen=True)
class Ref:
    """How the file names a person: by one of three ways."""

    identifier: str = ""
    system: str = ""
    value: str = ""
    pesel: str = ""

    def __repr__(self) -> str:
        return "Ref()"


@dataclass(frozen=True)
class Line:
    """One registration, or one own title of a child (then nobody insures and nobody pays)."""

    number: int
    child: Ref
    since: datetime.date
    insurer: Ref | None = None
    payer: Payer = Payer.OTHER
    payer_nip: str = ""
    published: datetime.date | None = None
    ended: datetime.date | None = None
    ended_by: InsuranceEnd = InsuranceEnd.OTHER
    title: Title | None = None


@dataclass(frozen=True)
class Wrong:
    """A line that was refused."""

    line: int
    reason: str


PAYERS = {
    "pracodawca": Payer.EMPLOYER, "dzialalnosc": Payer.SELF_EMPLOYED, "zus": Payer.ZUS,
    "krus": Payer.KRUS, "urzad_pracy": Payer.LABOUR_OFFICE, "inny": Payer.OTHER,
}  # fmt: skip
TITLES = {
    "praca_sezonowa": Title.SEASONAL_JOB, "renta": Title.PENSION,
    "stypendium_sportowe": Title.SCHOLARSHIP, "inny": Title.OTHER,
}  # fmt: skip
ENDS = {"zmiana_pracy": InsuranceEnd.JOB_CHANGE, "inna": InsuranceEnd.OTHER}

REQUIRED = ("dziecko", "data_zgloszenia")
COLUMNS = (
    "dziecko", "dziecko_pesel", "ubezpieczajacy", "ubezpieczajacy_pesel", "platnik",
    "platnik_nip", "data_zgloszenia", "data_publikacji", "data_wyrejestrowania", "przyczyna",
    "tytul_wlasny",
)  # fmt: skip


def lines_of(path: Path, *, today: datetime.date) -> Iterator[tuple[int, Line | Wrong]]:
    """Read a file line by line: where it stands in the file (bytes), and what was found.

    Raises BadInput for a file that cannot be read as a whole: its encoding, its header.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding) as file:
        header = file.readline()
        names, delimiter = columns_of(header)
        done = len(header)
        for number, text in enumerate(file, 2):
            done += len(text)
            # Line by line: a quote that was not closed spoils its own line, not the rest.
            if text.strip(f" \t\r\n{delimiter}"):
                yield done, _one(number, names, text, delimiter, today)


def cells_of(text: str, delimiter: str) -> list[str]:
    """The values of one line, without quotes and spaces around them.

    >>> cells_of('zus|1 ; "a; b" ;', ";")
    ['zus|1', 'a; b', '']
    """
    if text.count('"') % 2:
        raise BadLine("the quotes do not fit")
    reader = csv.reader([text.strip("\r\n")], delimiter=delimiter, skipinitialspace=True)
    return [cell.strip() for cell in next(reader, [])]


def encoding_of(path: Path) -> str:
    """UTF-8, with or without a mark, or else cp1250. Raises BadInput for UTF-16 and binaries."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        block = file.read(1 << 16)
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in block:
            raise BadInput(
                "insurance.encoding",
                "The file is neither UTF-8 nor cp1250. Save it as CSV (UTF-8) and try again.",
            )
        try:
            while block:
                decoder.decode(block)
                block = file.read(1 << 16)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1250"
    return "utf-8-sig"


def columns_of(header: str) -> tuple[list[str], str]:
    """The names of the columns, and what stands between them.

    >>> columns_of('Dziecko; "Data zgłoszenia"')
    (['dziecko', 'data_zgloszenia'], ';')
    """
    delimiter = max(";\t,", key=header.count)
    try:
        cells = cells_of(header, delimiter)
    except BadLine as bad:
        raise BadInput("insurance.header", f"The first line: {bad}.") from None
    names = [plain(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()  # a delimiter too many at the end of the line
    missing = [name for name in REQUIRED if name not in names
               and not (name == "dziecko" and "dziecko_pesel" in names)]  # fmt: skip
    if missing:
        raise BadInput(
            "insurance.header", f"The first line lacks the columns: {', '.join(missing)}."
        )
    if len(set(names)) < len(names):
        raise BadInput("insurance.header", "The first line names a column twice.")
    unknown = sum(name not in COLUMNS for name in names)
    if unknown:
        raise BadInput(
            "insurance.header",
            f"{unknown} columns are not known. The known ones: {', '.join(COLUMNS)}.",
        )
    return names, delimiter


_LETTERS = str.maketrans("ąćęłńóśźż", "acelnoszz")


def plain(text: str) -> str:
    """A word as the file may write it, in the one form that is compared.

    >>> plain(" Urząd pracy ")
    'urzad_pracy'
    """
    return "_".join(text.strip().lower().translate(_LETTERS).replace("-", " ").split())


def _one(
    number: int, names: list[str], text: str, delimiter: str, today: datetime.date
) -> Line | Wrong:
    try:
        cells = cells_of(text, delimiter)
        while len(cells) > len(names) and not cells[-1]:
            cells = cells[:-1]  # a delimiter too many at the end of the line
        if len(cells) != len(names):
            raise BadLine(f"it has {len(cells)} columns, the first line has {len(names)}")
        return _line(number, dict(zip(names, cells, strict=True)), today)
    except BadLine as bad:
        return Wrong(number, str(bad))


def _line(number: int, values: dict[str, str], today: datetime.date) -> Line:
    child = ref(values, "dziecko")
    since = day(values, "data_zgloszenia")
    ended = day(values, "data_wyrejestrowania")
    published = day(values, "data_publikacji")
    if child is None:
        raise BadLine("dziecko is empty")
    if since is None:
        raise BadLine("data_zgloszenia is empty")
    if since > today:
        raise BadLine("data_zgloszenia lies in the future")
    if ended is not None and ended < since:
        raise BadLine("data_wyrejestrowania is before data_zgloszenia")
    title = word(values, "tytul_wlasny", TITLES) if values.get("tytul_wlasny") else None
    if title is not None:
        return Line(number, child, since, ended=ended, title=title)
    insurer = ref(values, "ubezpieczajacy")
    if insurer is None:
        raise BadLine("ubezpieczajacy is empty")
    if published is not None and not since <= published <= today:
        raise BadLine("data_publikacji is before data_zgloszenia or in the future")
    return Line(
        number, child, since, insurer=insurer, payer=word(values, "platnik", PAYERS),
        payer_nip=nip(values), published=published, ended=ended,
        ended_by=word(values, "przyczyna", ENDS) if values.get("przyczyna") else InsuranceEnd.OTHER,
    )  # fmt: skip


def ref(values: dict[str, str], column: str) -> Ref | None:
    """How a person is named: an identifier, a number of another system, or for the vault."""
    text = values.get(column, "")
    pesel = values.get(f"{column}_pesel", "")
    if text.count("|") == 1:
        system, value = (part.strip() for part in text.split("|"))
        if not system or not value or len(system) > 200 or len(value) > 100:
            raise BadLine(f"{column} is neither an identifier nor system|number")
        return Ref(system=system, value=value)
    if text:
        try:
            return Ref(identifier=identifier.validate(text))
        except identifier.IdentifierError:
            raise BadLine(f"{column} is neither an identifier nor system|number") from None
    return Ref(pesel=pesel) if pesel else None


def day(values: dict[str, str], column: str) -> datetime.date | None:
    """A day as Poles and as computers write it.

    >>> day({"a": "1.9.2026"}, "a") == day({"a": "2026-09-01"}, "a")
    True
    """
    text = values.get(column, "")
    if not text:
        return None
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y%m%d"):
        try:
            found = datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
        if found < EARLIEST or found.year > 2200:
            break
        return found
    raise BadLine(f"{column} is no day such as 31.12.2026")


def word(values: dict[str, str], column: str, known: dict[str, T]) -> T:
    """One of the words that a column may hold."""
    found = known.get(plain(values.get(column, "")))
    if found is None:
        raise BadLine(f"{column} must be one of: {', '.join(known)}")
    return found


def nip(values: dict[str, str]) -> str:
    """The payer's NIP, its check digit proved; empty where the file has none.

    >>> nip({"platnik_nip": "PL 526-03-00-291"})
    '5260300291'
    """
    text = values.get("platnik_nip", "").upper().removeprefix("PL")
    digits = text.replace("-", "").replace(" ", "")
    if not digits:
        return ""
    if len(digits) == 10 and digits.isascii() and digits.isdigit():
        weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
        if sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11 == int(digits[9]):
            return digits
    raise BadLine("platnik_nip is no NIP")
