"""Reading runs: the one at hand, with the version of the script that it began with."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from zamiast.helpline.models import Case
from zamiast.helpline.moves import State
from zamiast.helpline.scripts import library, schema
from zamiast.helpline.scripts.models import ScriptRun, ScriptVersion
from zamiast.helpline.scripts.schema import Script


def current_run(call: UUID) -> ScriptRun | None:
    """The script in which a call is now."""
    return ScriptRun.objects.filter(call_id=call, is_current=True).first()


def runs_of(call: UUID) -> list[ScriptRun]:
    """Every script of a call, in the order in which they began."""
    return list(ScriptRun.objects.filter(call_id=call).order_by("began_at"))


def script_of(run: ScriptRun) -> Script:
    """The script as it was when the run began, whatever the files say now."""
    loaded = library.current().scripts.get(run.script)
    if loaded and loaded.digest == run.of_id:
        return loaded.script
    return _kept(run.of_id)


@lru_cache(64)
def _kept(digest: str) -> Script:
    """A version that is not current any more; it never changes, so it is read once."""
    content = ScriptVersion.objects.filter(pk=digest).values_list("content", flat=True)[0]
    return schema.read(content)


def case_outcome(number: int, matter: str) -> str:
    """What a case number is that a caller gave: the ``same`` matter and open, ``other``, ``none``.

    Says nothing that the list of cases does not say.
    """
    case = Case.objects.filter(pk=number).values_list("matter", "state").first()
    if case is None:
        return "none"
    return "same" if case == (matter, State.OPEN) else "other"
