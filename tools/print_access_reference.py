"""Print the reference of all rules and reasons, so that it cannot drift from the code.

Writes docs/reference/access.md, referral.md and the JSON Schemas of their input files.
``--check`` writes nothing and fails when a page is not what the code says (for CI).

    python tools/print_access_reference.py [--check]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from zamiast.cli.access import AccessFile
from zamiast.cli.referral import ReferralFile
from zamiast.pure.access import Settings, Want
from zamiast.pure.access import words as access_words
from zamiast.pure.access.codes import REMEDIES
from zamiast.pure.access.question import EVERYTHING
from zamiast.pure.access.rule import Does, Rule
from zamiast.pure.access.rules import ALL_RULES
from zamiast.pure.access.schema import schema_of
from zamiast.pure.access.sources import READ_ON
from zamiast.pure.eligibility import book
from zamiast.pure.eligibility import words as referral_words
from zamiast.pure.eligibility.codes import ACTORS, Code
from zamiast.pure.eligibility.seasons import Cohort

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
VECTORS = ROOT / "tests" / "vectors"
TITLES = {
    Does.OPENS: "What opens an account",
    Does.CLOSES: "What closes it, whatever opens it",
    Does.EXPLAINS: "Why nothing opens",
    Does.NOTES: "What is worth saying besides",
}
GRADES = {
    "O": "official page",
    "L": "statute, court or commentary",
    "N": "press",
    "W": "weak page",
    "I": "inference",
    "K": "unconfirmed",
}

ACCESS = f"""\
# Who may see whose account: rules and reasons

*Printed by `tools/print_access_reference.py`; change the code, not this page.*

`zamiast access explain FILE --at DATE --lang pl|en|uk [--json] [--for patient|consultant]
[--level 0-3]` answers a question on one day; `zamiast access timeline FILE --from DATE
--years N` says from which day the answer is what. FILE is JSON, `-` is standard input; its
schema is [access.schema.json](access.schema.json), and each reason below has an example.
A day is a day in Warsaw; `since` is the first day on which a fact holds, `until` the first on
which it no longer does. What is not stated is not so.

Exit codes: 0 the question was answered, either way; 2 the input cannot be used, with a
sentence that names the field.

Grades of sources: O official page, L statute or court, N press: shown as law and official
practice. W weak, I inferred, K unconfirmed: not law, shown as the operator's setting. All
sources were read on {READ_ON}.

A consultant reads a reason from the level of assurance named with it. Below level 2 every
decision reads the same; below level 3 every refusal ends with the same line.
"""

REFERRAL = """\
# Why there is no referral for COVID-19 yet: reasons, seasons, cohorts

*Printed by `tools/print_access_reference.py`; change the code or the data, not this page.*

`zamiast referral explain FILE --at DATE --lang pl|en|uk [--json] [--for patient|consultant]
[--level 0-3]` explains; it never makes a referral. FILE is JSON, `-` is standard input; its
schema is [referral.schema.json](referral.schema.json), and each reason below has an example.

Exit codes: 0 explained; 2 the input cannot be used, with a sentence that names the field.

180 days are counted from the day after the shot, so the condition is met 180 days after it;
where referrals come in batches, yours comes with the first batch on or after that day
([Prawo.pl](https://www.prawo.pl/zdrowie/trzecia-dawka-jak-sie-zarejestrowac-ktora-szczepionka-kiedy,510287.html), N).
90 days after a positive test: [Baltimed](https://baltimed.pl/szczepienie-p-covid19-ozdrowiencow/) (O, clinic).
90 days since the last dose in 2025/26: [Interia](https://wydarzenia.interia.pl/kraj/news-ruszyly-darmowe-szczepienia-przeciw-covid-19-jak-sie-zapisac,nId,22423415) (N).
"""  # noqa: E501  # addresses


def pages() -> dict[str, str]:
    """Return all pages by name."""
    return {
        "access.md": "\n".join(access_page()),
        "access.schema.json": schema(AccessFile, "Input of zamiast access"),
        "referral.md": "\n".join(referral_page()),
        "referral.schema.json": schema(ReferralFile, "Input of zamiast referral"),
    }


def schema(kind: type[object], title: str) -> str:
    """Return the JSON Schema of an input file as text."""
    return json.dumps(schema_of(kind, title), ensure_ascii=False, indent=2) + "\n"


def access_page() -> Iterator[str]:
    """Yield the lines of the page on access."""
    yield ACCESS
    yield from table_of_rules()
    yield from table_of_settings()
    yield from table_of_remedies()
    for does, title in TITLES.items():
        yield f"\n## {title}"
        for rule in ALL_RULES:
            if rule.does is does:
                yield from one_rule(rule)
    yield ""


def table_of_rules() -> Iterator[str]:
    """Yield one row for each rule."""
    yield "## All rules\n"
    yield "| code | rule | grade | level |"
    yield "|---|---|---|--:|"
    for rule in ALL_RULES:
        link = f"[{rule.code}](#{rule.code.lower()})"
        yield f"| {link} | {rule.sentence} | {rule.source.grade.value} | {rule.level} |"


def table_of_settings() -> Iterator[str]:
    """Yield one row for each of the operator's settings."""
    text = (ROOT / "src/zamiast/pure/access/settings.py").read_text(encoding="utf-8")
    yield "\n## The operator's settings\n"
    yield "| setting | as shipped | what it means |"
    yield "|---|---|---|"
    for field in fields(Settings):
        meaning = text.split(f"    {field.name}:", 1)[1].split('"""')[1]
        yield f"| `{field.name}` | {field.default} | {meaning} |"


def table_of_remedies() -> Iterator[str]:
    """Yield one row for each remedy."""
    texts = access_words.words("en")
    yield "\n## What can be done\n"
    yield "| code | who | where | document | in words |"
    yield "|---|---|---|---|---|"
    for remedy, step in REMEDIES.items():
        document = texts.of("document", step.document) if step.document else ""
        who, where = texts.of("who", step.who), texts.of("where", step.where)
        yield f"| {remedy} | {who} | {where} | {document} | {texts.of('remedies', remedy)} |"


def one_rule(rule: Rule) -> Iterator[str]:
    """Yield the section of one rule: sentence, source, words, example."""
    source = f"[{rule.source.document}]({rule.source.address})" if rule.source.address else ""
    wants = "everything" if rule.wants == EVERYTHING else listed(rule.wants)
    whose = {True: "own account", False: "another's account", None: "any account"}[rule.own]
    yield f"\n### {rule.code}\n\n{rule.sentence}\n"
    yield f"- asked for: {wants} ({whose}); a consultant reads it from level {rule.level}"
    yield f"- source: {source or rule.source.document} ({GRADES[rule.source.grade]})"
    if rule.valid_from or rule.valid_to:
        yield f"- holds from {rule.valid_from or 'ever'} to {rule.valid_to or 'now'}"
    if rule.setting:
        yield f"- hangs on the operator's setting `{rule.setting}`"
    if rule.remedies:
        yield f"- what to do: {', '.join(rule.remedies)}"
    yield ""
    for language in access_words.LANGUAGES:
        yield from spoken(language, access_words.words(language).texts["reasons"][rule.code])
    yield from example("access", rule.code)


def listed(wants: frozenset[Want]) -> str:
    """Return questions in the order of their definition."""
    return ", ".join(f"`{want.value}`" for want in Want if want in wants)


def spoken(language: str, entry: dict[str, str]) -> Iterator[str]:
    """Yield what a reason says in one language."""
    yield f"- {language}, patient: {entry['patient']}"
    if "consultant" in entry:
        yield f"- {language}, consultant: {entry['consultant']}"


def example(folder: str, code: str) -> Iterator[str]:
    """Yield the example file of a reason, folded."""
    path = VECTORS / folder / f"{code}.json"
    text = path.read_text(encoding="utf-8")
    yield f"\n<details><summary>{json.loads(text)['note']}</summary>\n"
    yield f"`{path.relative_to(ROOT)}`\n\n```json\n{text}```\n\n</details>"


def referral_page() -> Iterator[str]:
    """Yield the lines of the page on referrals."""
    yield REFERRAL
    yield f"## Seasons (data of {book().version})\n"
    yield "| season | from | before | rules |"
    yield "|---|---|---|---|"
    for season in book().seasons:
        state = "known" if season.known else "not known: nothing is promised"
        yield f"| {season.id} | {season.since} | {season.until} | {state} |"
    yield "\nThat a season runs from September to August is the operator's setting (I), not law."
    yield "\n## Cohorts\n"
    yield "| cohort | who | after | issued from | conditions | source | grade |"
    yield "|---|---|---|---|---|---|---|"
    yield from (cohort_row(cohort) for cohort in book().cohorts)
    yield "\n## Reasons"
    for code in Code:
        yield from one_reason(code)
    yield ""


def cohort_row(cohort: Cohort) -> str:
    """Return the row of one cohort."""
    source = f"[{cohort.document}]({cohort.address})"
    cells = (
        cohort.id,
        who(cohort),
        cohort.follows,
        str(cohort.issued_from),
        conditions(cohort),
        source,
        cohort.grade,
    )
    return f"| {' | '.join(cells)} |"


def who(cohort: Cohort) -> str:
    """Say whom a cohort is for."""
    parts = [cohort.group or ""]
    if cohort.born_from:
        parts.append(f"born {cohort.born_from}-{cohort.born_to}")
    if cohort.min_age:
        parts.append(
            f"{cohort.min_age}-{cohort.max_age}" if cohort.max_age else f"{cohort.min_age}+"
        )
    if cohort.min_age_months:
        parts.append(f"{cohort.min_age_months} months+")
    return ", ".join(part for part in parts if part)


def conditions(cohort: Cohort) -> str:
    """Say what must have passed, and when referrals are issued."""
    parts = []
    if cohort.interval_days:
        parts.append(f"{cohort.interval_days} days since the last dose")
    if cohort.interval_months:
        parts.append(f"{cohort.interval_months} months since the last dose")
    if cohort.recovery_days:
        parts.append(f"{cohort.recovery_days} days since a positive test")
    if cohort.batch:
        after = " after the birthday" if cohort.batch_after else ""
        parts.append(f"issued on Mondays{after}")
    return ", ".join(parts)


def one_reason(code: Code) -> Iterator[str]:
    """Yield the section of one reason: who can act, words, example."""
    yield f"\n### {code}\n"
    yield f"- who can act: {referral_words.texts('en')['who'][ACTORS[code]]}"
    for language in referral_words.LANGUAGES:
        yield from spoken(language, referral_words.texts(language)["reasons"][code])
    yield from example("referral", code)


def main() -> int:
    """Write the pages, or with ``--check`` say which are not what the code says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check = parser.parse_args().check
    stale = []
    for name, text in pages().items():
        path = REFERENCE / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            REFERENCE.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/reference/{name}: {'differs from the code' if check else 'written'}")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
