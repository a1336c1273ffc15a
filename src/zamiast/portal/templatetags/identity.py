"""``{% identity_providers as providers %}``: what the operator set up for logging in."""

from __future__ import annotations

from django import template

from zamiast.portal.oidc import providers

register = template.Library()


@register.simple_tag
def identity_providers() -> list[providers.Provider]:
    """The providers, in the operator's order."""
    return providers.every()
