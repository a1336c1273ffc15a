"""The second step of a login, which a trusted identity provider may have asked for itself."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage

from zamiast.login.factors import BY_PROVIDER

_THIS_LOGIN = 60  # seconds


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Asks for the code or the passkey, unless the provider showed a second factor."""

    def _should_handle(self, request: Any) -> bool:
        records = get_authentication_records(request, self.login.user)
        by_provider = any(
            one.get("type") == BY_PROVIDER and 0 <= time.time() - one["at"] < _THIS_LOGIN
            for one in records
        )
        return not by_provider and bool(super()._should_handle(request))
