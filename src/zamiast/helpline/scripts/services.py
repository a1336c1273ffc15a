"""Writing runs of scripts. One verb, one transaction, one event in the log with the step."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit.services import Purpose, record
from zamiast.errors import BadInput, Conflict
from zamiast.helpline.models import LONGEST_NOTE, Case
from zamiast.helpline.scripts import library, walking
from zamiast.helpline.scripts.models import ScriptRun
from zamiast.helpline.scripts.schema import LANGUAGES, Script
from zamiast.helpline.scripts.selectors import script_of
from zamiast.helpline.scripts.walking import Outcomes
from zamiast.login.models import User
from zamiast.verification.models import Call
from zamiast.verification.services import consultant

_KEEP_VERSION = """
    INSERT INTO scripts_scriptversion (digest, script, version, content, first_used_at)
    VALUES (%s, %s, %s, %s, now()) ON CONFLICT DO NOTHING
"""


def begin(matter: str, *, by: User, call: UUID, language: str, note: str = "") -> ScriptRun:
    """Begin the script of a matter in a call, or go back to it where it was left.

    Keeps the content of this version, so that the run goes on with it whatever changes.
    Raises BadInput for an unknown matter, Conflict without such a call under way.
    """
    loaded = library.current().scripts.get(matter)
    if loaded is None:
        raise BadInput("helpline.no_matter")
    spoken = language if language in LANGUAGES else "pl"
    with transaction.atomic():
        _own_call(call, by)
        ScriptRun.objects.filter(call_id=call, is_current=True).update(is_current=False)
        run = ScriptRun.objects.filter(call_id=call, script=matter).first()
        if run is None:
            with connection.cursor() as cursor:
                # No script that counts holds a PESEL: ``checking`` saw to it.
                version = loaded.script.version
                cursor.execute(_KEEP_VERSION, [loaded.digest, matter, version, loaded.content])
            run = ScriptRun(call_id=call, script=matter, of_id=loaded.digest, language=spoken,
                            note=note[:LONGEST_NOTE])  # fmt: skip
        run.is_current, run.ended_at, run.language = True, None, spoken
        run.save()
        _record(run, loaded.script, "begun", by)
    return run


def answer(
    run: ScriptRun, step: str, given: str, *, by: User, outcomes: Outcomes, note: str | None = None
) -> None:
    """Answer a step, at hand or earlier; later answers that no longer lie on the way are dropped.

    A step that does not lie on the way is a second click: nothing happens. Raises BadInput
    for what is no answer to the step.
    """
    script = script_of(run)
    way = walking.walk(script, run.answers, outcomes)
    codes = [one.code for one in way.passed]
    if step != way.code and step not in codes:
        return
    if not walking.accepts(script.steps[step], given):
        raise BadInput("scripts.no_answer")
    before = codes[: codes.index(step)] if step in codes else codes
    answers = {code: run.answers[code] for code in before} | {step: given}
    _save(run, script, answers, step, by, note)


def back(
    run: ScriptRun, step: str, *, by: User, outcomes: Outcomes, note: str | None = None
) -> None:
    """Go back to a step: it is asked again, and what came after it is forgotten."""
    script = script_of(run)
    codes = [one.code for one in walking.walk(script, run.answers, outcomes).passed]
    if step in codes:
        answers = {code: run.answers[code] for code in codes[: codes.index(step)]}
        _save(run, script, answers, step, by, note)


def find(run: ScriptRun, outcomes: tuple[str, ...], *, note: str | None = None) -> None:
    """Keep by which codes the register leads on, for this call. What was read has its event."""
    run.answers = {**run.answers, walking.FOUND: ",".join(outcomes)}
    if note is not None:
        run.note = note[:LONGEST_NOTE]
    run.save(update_fields=["answers", "note"])


def speak(run: ScriptRun, language: str, *, note: str | None = None) -> None:
    """Read the script aloud in another language from now on. It is no step: no event."""
    if language in LANGUAGES:
        run.language = language
    if note is not None:
        run.note = note[:LONGEST_NOTE]
    run.save(update_fields=["language", "note"])


def leave(call: UUID) -> None:
    """Leave the script of a call: its case is open, its note is saved. It can be gone back to."""
    ScriptRun.objects.filter(call_id=call, is_current=True).update(is_current=False, note="")


def end_all(call: UUID) -> None:
    """The call ends: of the answers only those stay that a case of the call needs.

    Call it in the transaction that ends the call.
    """
    runs = list(ScriptRun.objects.filter(call_id=call, ended_at=None))
    if not runs:
        return
    cases = set(Case.objects.filter(call_id=call).values_list("matter", flat=True))
    for run in runs:
        kept = walking.kept(script_of(run), run.answers) if run.script in cases else {}
        run.answers, run.note, run.is_current, run.ended_at = kept, "", False, timezone.now()
        run.save(update_fields=["answers", "note", "is_current", "ended_at"])


def _save(
    run: ScriptRun, script: Script, answers: dict[str, str], step: str, by: User, note: str | None
) -> None:
    known = run.answers.get(walking.FOUND)
    run.answers = answers if known is None else {**answers, walking.FOUND: known}
    if note is not None:
        run.note = note[:LONGEST_NOTE]
    with transaction.atomic():
        run.save(update_fields=["answers", "note"])
        _record(run, script, step, by)


def _own_call(call: UUID, by: User) -> None:
    """Two windows of one consultant wait for each other here."""
    own = Call.objects.select_for_update(no_key=True).under_way().filter(pk=call, consultant=by)
    if not own.values_list("pk").first():
        raise Conflict("verification.no_call")


def _record(run: ScriptRun, script: Script, step: str, by: User) -> None:
    """The step, not the answer: the log is kept for years, what a caller said is not."""
    at = f"{run.script} {script.version} {step}"
    purpose = Purpose(matter=run.script, call=run.call_id, step=at[:200])
    record("script.step", by=consultant(by), purpose=purpose)
