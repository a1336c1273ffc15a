"""Template tags of the shared look: ``{% load web %}``.

``{% field form.password %}`` renders one field with its label, hint and error tied
to it; ``{% fields form %}`` a whole form without its buttons; ``{% icon "copy" %}``
a drawing that screen readers pass over.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zamiast.audit import doorway

register = template.Library()

_NOTICES = {"success": "success", "warning": "warning", "error": "danger"}


@register.simple_tag
def site_name() -> str:
    """What this site is called."""
    return _("Helpline desk") if settings.SITE == "desk" else _("Patient account")


@register.simple_tag(takes_context=True)
def address_to_keep(context: template.Context) -> str:
    """This page's address, to come back to: without a PESEL, and not one that is endless.

    Of what was sent, nothing can be kept: a form comes back empty, other pages say where to.
    """
    request = context["request"]
    if request.method not in ("GET", "HEAD"):
        is_form = "form" in context and context.get("site") == "portal"
        return str(context.get("comes_back_to") or (request.path if is_form else "/"))
    address: str = request.get_full_path()
    return doorway.cleaned(address) if len(address) <= 2_000 else "/"


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline drawing from ``web/icons``."""
    return mark_safe(render_to_string(f"web/icons/{name}.svg"))  # noqa: S308 - our own files


@register.filter
def notice_kind(level: str) -> str:
    """The look of a message of this level.

    >>> notice_kind("error"), notice_kind("info")
    ('danger', '')
    """
    return _NOTICES.get(level, "")


@register.inclusion_tag("web/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field; what was typed stays in it, except passwords and codes."""
    described_by = _described_by(bound)
    attributes: dict[str, str | bool] = {"aria-describedby": described_by} if described_by else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
        if _kind(bound.field.widget) == "text" and _is_first_wrong(bound):
            attributes["autofocus"] = True  # seen and read out at once, on a long page too
    return {
        "field": bound,
        "kind": _kind(bound.field.widget),
        "described_by": described_by,
        "control": bound.as_widget(attrs=attributes),
    }


@register.inclusion_tag("web/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form."""
    return {"form": form}


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "choice"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "text"


def _is_first_wrong(bound: BoundField) -> bool:
    wrong = (one.name for one in bound.form.visible_fields() if one.errors)
    return next(wrong, "") == bound.name


def _described_by(bound: BoundField) -> str:
    parts = ["helptext"] if bound.help_text else []
    parts += ["error"] if bound.errors else []
    return " ".join(f"{bound.auto_id}_{part}" for part in parts)
