"""Template filters of the portal: ``{% load portal %}``."""

from __future__ import annotations

from typing import Any

from django import template

from zamiast.portal import calling

register = template.Library()


@register.filter
def is_asked(user: Any) -> bool:
    """Whether the helpline asks this holder something now."""
    return bool(user.is_authenticated and user.is_holder and calling.is_asked(user.pk))
