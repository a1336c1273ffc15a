"""What waits for one another at the helpline; see ``audit.locks``."""

from __future__ import annotations

from zamiast.audit.locks import one_at_a_time

__all__ = ["FORM", "FROM_ACCOUNT", "one_at_a_time"]

FROM_ACCOUNT = "helpline.from_account"  # what the holder of an account begins or writes
FORM = "helpline.form"  # what comes by the public form
