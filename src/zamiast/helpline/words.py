"""Words of notes and letters, reduced to stems, so that every form of a word finds the others.

PostgreSQL knows no Polish. Here the dictionaries of simplemma (Polish, Ukrainian, English)
give the basic form, a few endings are cut, and Polish letters lose their tails, because
people in a hurry type without them.

>>> reduced("recepty") == reduced("receptą") == reduced("recepte") == reduced("recept")
True
>>> reduced("dzieci") == reduced("dziecko") == reduced("dziecmi")
True
>>> reduced("рецепти") == reduced("рецептом")
True
>>> stems("Sprawa 104217, syn; SYNOWI!")
['104217', 'spraw', 'syn']

The dictionaries take 400 MB in memory. So they are written once, in a process of its own, to
a file that all processes of this machine share by ``mmap``: sorted hashes of the forms whose
stem the endings alone do not tell, and where that stem stands.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import mmap
import os
import re
import subprocess
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from pathlib import Path

LANGUAGES = ("pl", "uk", "en")
MOST = 400  # stems of one text, and digits of a number no longer than a case's
_FORMAT = 2
_WORD = re.compile(r"[^\W_]+")
_LONGEST, _DIGITS = 40, 8
_POLISH = "iami owie ami ach owi iem iom om em ów ie ia ią ię iu y a ą ę e i o u s"
_UKRAINIAN = "ами ями ові еві ів ой ої ом ем ах ях ам ям а я у ю и і о е"
_ENDINGS = frozenset(f"{_POLISH} {_UKRAINIAN}".split())
_PLAIN = str.maketrans("ąćęłńóśźżґ", "acelnoszzг")


def stems(text: str) -> list[str]:
    """The stems of a text, each once; long numbers are left out: they are nobody's word."""
    found = set()
    for word in _WORD.findall(text.lower()):
        if word.isdigit():
            if len(word) <= _DIGITS:
                found.add(word)
        elif len(word) <= _LONGEST:
            found.add(reduced(word))
    return sorted(found)[:MOST]


@lru_cache(20_000)
def reduced(word: str) -> str:
    """The stem of one word: letters and digits, though a dictionary writes ``na_przykład``."""
    word = word.lower()
    stem = _table().get(word) or cut(word)
    return "".join(filter(str.isalnum, stem)) or cut(word)


def cut(word: str) -> str:
    """A word without its ending and without the tails of Polish letters.

    >>> cut("receptami"), cut("dom")
    ('recept', 'dom')
    """
    for length in (4, 3, 2, 1):
        if word[-length:] in _ENDINGS and len(word) - length >= 3:
            word = word[:-length]
            break
    return word if word.isascii() else word.translate(_PLAIN)


class Table:
    """The file of forms: looked up by hash, read through the page cache of the machine."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        view = memoryview(self._map)
        count = int.from_bytes(view[:8], sys.byteorder)
        self._hashes = view[8 : 8 + 8 * count].cast("Q")
        self._places = view[8 + 8 * count : 8 + 12 * count].cast("I")
        self._stems = 8 + 12 * count

    def get(self, word: str) -> str | None:
        """The stem of a form, where the endings alone do not tell it."""
        wanted = _hash(word)
        at = bisect_left(self._hashes, wanted)
        if at == len(self._hashes) or self._hashes[at] != wanted:
            return None
        start = self._stems + self._places[at]
        return self._map[start + 1 : start + 1 + self._map[start]].decode()


@cache
def _table() -> Table:
    wait()
    return Table(place())


def begin() -> None:
    """Have the file written while a site does something else at its start."""
    path = place()
    if not path.exists():
        subprocess.Popen(_writing(path), start_new_session=True)


def wait() -> None:
    """Have the file; a site does so before it serves, or the first note waits for half a minute."""
    path = place()
    if not path.exists():
        print("Writing the list of word forms, once: about half a minute", file=sys.stderr)
        subprocess.run(_writing(path), check=True)


def _writing(path: Path) -> list[str]:
    return [sys.executable, "-m", "zamiast.helpline.words", str(path)]


def place() -> Path:
    """Where the file is; a new version of the dictionaries gets a new one."""
    from django.conf import settings

    version = importlib.metadata.version("simplemma")
    return Path(settings.WORDS) / f"forms-{version}-{_FORMAT}.bin"


def write(path: Path) -> None:
    """Write the file, whole or not at all; whoever comes meanwhile waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return
        rows = dict(_forms())
        hashes, places = array("Q"), array("I")
        blob, known = bytearray(), dict[str, int]()
        for wanted in sorted(rows):
            stem = rows[wanted]
            if stem not in known:
                known[stem] = len(blob)
                encoded = stem.encode()
                blob += bytes([len(encoded)]) + encoded
            hashes.append(wanted)
            places.append(known[stem])
        unfinished = path.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as file:
            file.write(len(hashes).to_bytes(8, sys.byteorder))
            file.write(hashes.tobytes() + places.tobytes() + blob)
        unfinished.replace(path)


def _forms() -> Iterator[tuple[int, str]]:
    """Hash and stem of every form whose stem is not what the endings tell; Polish wins."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    factory, before = DefaultDictionaryFactory(), dict[str, str]()
    for language in LANGUAGES:
        lemmas = {
            form: lemma
            for form, lemma in factory.get_dictionary(language).items()
            # "not done": participles with "nie" are half of the Polish dictionary
            if form.islower() and not (form.startswith("nie") and not lemma.startswith("nie"))
        }
        stem_of = cache(partial(_stem_of, lemmas=lemmas))
        plain: set[str] = set()
        for form, lemma in lemmas.items():
            if form not in before and len(form) <= _LONGEST:
                stem = stem_of(lemma)
                typed = form.translate(_PLAIN)  # in a hurry: dziecmi for dziećmi
                if typed not in lemmas and typed not in before and typed not in plain:
                    plain.add(typed)
                    if stem != cut(typed):
                        yield _hash(typed), stem
                if stem != cut(form):
                    yield _hash(form), stem
        before = before or lemmas


def _stem_of(lemma: str, *, lemmas: dict[str, str]) -> str:
    """The stem of a basic form, of whose basic form, until it is one: dictionaries have steps."""
    for _ in range(4):
        lemma, earlier = lemmas.get(lemma, lemma).lower(), lemma
        if lemma == earlier:
            break
    return cut(lemma)


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), sys.byteorder)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
