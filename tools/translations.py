"""Translations without system programs: collect, compile, check.

    python tools/translations.py collect [APP …]   add new texts to the .po files, drop unused ones
    python tools/translations.py compile           write the .mo files
    python tools/translations.py check [APP …]     fail on a text that is missing or unused,
                                                   or that lost a placeholder

Each app keeps its own ``locale/<language>/LC_MESSAGES/django.po``; English is the source.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1] / "src" / "zamiast"
LANGUAGES = ("pl", "uk")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")
_FUNCTIONS = {
    "gettext": (1, False), "_": (1, False), "gettext_lazy": (1, False), "gettext_noop": (1, False),
    "ngettext": (2, False), "ngettext_lazy": (2, False),
    "pgettext": (1, True), "pgettext_lazy": (1, True),
}  # fmt: skip
Key = tuple[str | None, str | tuple[str, str]]


def apps() -> list[Path]:
    """The apps that have texts, or those named on the command line."""
    found = (path.parent for path in ROOT.glob("*/apps.py"))
    named = set(sys.argv[2:])
    return sorted(
        app for app in found if (not named or app.name in named) and any(True for _ in texts(app))
    )


def texts(app: Path) -> Iterator[tuple[Key, str]]:
    """Every text of an app, with the file where it stands."""
    for path in sorted(app.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield from _calls(ast.parse(path.read_text("utf-8")), path)
    for path in sorted(app.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            yield from _template(path)


def _calls(tree: ast.AST, path: Path) -> Iterator[tuple[Key, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        count, with_context = _FUNCTIONS.get(name, (0, False))
        values = [a.value for a in node.args if isinstance(a, ast.Constant)]
        values = [value for value in values if isinstance(value, str)]
        if not count or len(values) < count + with_context:
            continue
        context = values.pop(0) if with_context else None
        message = values[0] if count == 1 else (values[0], values[1])
        yield (context, message), str(path.relative_to(ROOT))


def _template(path: Path) -> Iterator[tuple[Key, str]]:
    """Django turns a template into text with gettext calls; those calls are read."""
    source = templatize(path.read_text("utf-8"), origin=str(path))
    pattern = re.compile(
        r"\b(gettext|ngettext|pgettext|npgettext|_)\(\s*u?"
        r"((?:(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?\s*u?)+)",
        re.DOTALL,
    )
    strings = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
    for match in pattern.finditer(source):
        values = [ast.literal_eval(_one_line(text)) for text in strings.findall(match[2])]
        context = values.pop(0) if match[1].startswith("p") or match[1].startswith("np") else None
        plural = match[1] in {"ngettext", "npgettext"}
        message = (values[0], values[1]) if plural else values[0]
        yield (context, message), str(path.relative_to(ROOT))


def _one_line(text: str) -> str:
    return text.replace("\n", "\\n")


def po_path(app: Path, language: str) -> Path:
    """Where an app keeps a language."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def load(path: Path, language: str) -> Catalog:
    """The catalogue, empty where there is none yet."""
    if not path.exists():
        return Catalog(locale=language, project="Zamiast", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _wanted(app: Path) -> dict[Key, list[str]]:
    wanted: dict[Key, list[str]] = {}
    for key, place in texts(app):
        wanted.setdefault(key, []).append(place)
    return wanted


def _lookup(catalog: Catalog, key: Key) -> object:
    context, message = key
    found = catalog.get(message if isinstance(message, str) else message[0], context)
    return found.string if found is not None and not found.fuzzy else None


def collect() -> int:
    """Bring the .po files up to date with the texts; keep what is translated."""
    for app in apps():
        wanted = _wanted(app)
        for language in LANGUAGES:
            path = po_path(app, language)
            old = load(path, language)
            new = Catalog(locale=language, project="Zamiast", charset="utf-8", fuzzy=False)
            new.creation_date = old.creation_date
            new.revision_date = old.revision_date
            for (context, message), places in wanted.items():
                string = _lookup(old, (context, message))
                new.add(
                    message, string or None, context=context,
                    locations=[(place, None) for place in sorted(set(places))],
                )  # fmt: skip
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, new, width=100, sort_output=True, omit_header=False)
    return 0


def compile_all() -> int:
    """Write each .mo beside its .po, where the .po is newer."""
    for path in sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parents[1].name)
        partial = target.with_suffix(".mo.new")
        with partial.open("wb") as file:
            write_mo(file, catalog)
        partial.replace(target)
    return 0


def check() -> int:
    """Say what is missing, unused or broken; 1 when anything is."""
    problems = []
    for app in apps():
        wanted = _wanted(app)
        for language in LANGUAGES:
            path = po_path(app, language)
            catalog = load(path, language)
            for key in wanted:
                problems += [f"{path}: {problem}" for problem in _problems(catalog, key)]
            ids = [(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in catalog]
            known = set(ids)
            used = {(c, m if isinstance(m, str) else m[0]) for c, m in wanted}
            problems += [f"{path}: unused: {m[1]!r}" for m in known - used if m[1]]
    print("\n".join(problems) or "Translations are complete.")
    return 1 if problems else 0


def _problems(catalog: Catalog, key: Key) -> Iterator[str]:
    message = key[1]
    string = _lookup(catalog, key)
    forms = [string] if isinstance(string, str) else list(string or ())  # type: ignore[call-overload]
    if not forms or not all(forms):
        yield f"missing: {message!r}"
        return
    source = message if isinstance(message, str) else message[1]
    for form in forms:
        extra = _names(form) - _names(source)
        lost = _names(source) - _names(form) if isinstance(message, str) else set()
        if extra or lost:
            yield f"placeholders differ: {message!r} → {form!r}"


def _names(text: str) -> set[str]:
    return {match[0] for match in _PLACEHOLDER.finditer(text)}


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    verbs = {"collect": collect, "compile": compile_all, "check": check}
    if len(sys.argv) < 2 or sys.argv[1] not in verbs:
        print(__doc__)
        sys.exit(2)
    sys.exit(verbs[sys.argv[1]]())
