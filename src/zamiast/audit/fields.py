"""Model fields for text that a person typed or another system sent.

They pass the doorway when they are written, whoever writes: a form, an import,
a test. A guard test refuses plain text columns that are not named as fixed codes.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from zamiast.audit import doorway


class _Guarded:
    """Passes what is written through the doorway, and keeps what the doorway made of it."""

    attname: str

    def get_prep_value(self, value: Any) -> Any:
        """Guard the value on its way to the database, in ``save``, ``update`` and queries."""
        prepared = super().get_prep_value(value)  # type: ignore[misc]
        return doorway.cleaned(prepared) if isinstance(prepared, str) else prepared

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """Guard the value on the instance too, so that nobody goes on with the raw text."""
        value = super().pre_save(instance, add)  # type: ignore[misc]
        if isinstance(value, str):
            value = doorway.cleaned(value)
            setattr(instance, self.attname, value)
        return value


class GuardedCharField(_Guarded, models.CharField):  # type: ignore[type-arg]
    """A short text that was typed."""


class GuardedTextField(_Guarded, models.TextField):  # type: ignore[type-arg]
    """A long text that was typed."""
