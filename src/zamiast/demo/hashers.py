"""Passwords of demo logins: stored under a name of their own, known in demo mode only.

The demo's password is public. Should a demo's database ever be served without
``ZAMIAST_DEMO``, this hasher is not installed, and Django refuses every password that
was set in the demo: nobody can say what ``demo$…`` means.

So it may be cheap. At full price the demo's forty logins cost ten seconds of its start.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class DemoHasher(Argon2PasswordHasher):
    """Argon2 under the name ``demo``; the first in the list while the demo is installed."""

    algorithm = "demo"
    time_cost = 1
    memory_cost = 1024
    parallelism = 1
