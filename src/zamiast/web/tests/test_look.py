"""The shared look: fields tied to their words, pages without inline code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

import zamiast

PACKAGE = Path(zamiast.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))


class Form(forms.Form):
    code = forms.CharField(label="Code", help_text="Six digits.")
    agree = forms.BooleanField(label="Agree")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    more = forms.CharField(required=False)


def rendered(form: forms.Form) -> str:
    return Template("{% load web %}{% fields form %}").render(Context({"form": form}))


def test_a_field_has_a_label_a_hint_and_an_error_tied_to_it() -> None:
    html = rendered(Form({"code": ""}))
    assert '<label for="id_code">Code</label>' in html
    control = re.search(r'<input[^>]*name="code"[^>]*>', html)
    assert control
    assert 'aria-describedby="id_code_helptext id_code_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'id="id_code_helptext"' in html
    assert 'id="id_code_error"' in html
    assert html.count("autofocus") == 1, "the first that is wrong has the keyboard"
    assert "autofocus" in control[0]
    assert "autofocus" not in rendered(Form())


def test_what_was_typed_stays() -> None:
    assert 'value="417"' in rendered(Form({"code": "417"}))


def test_choices_are_a_group_with_a_name() -> None:
    html = rendered(Form())
    assert "<legend>Kind</legend>" in html
    assert html.count('type="radio"') == 2


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "(" in rendered(Form()).split("id_more")[1]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_code_or_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", text)


def test_the_error_page_asks_the_database_nothing(settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    request = RequestFactory().get("/nowhere/")
    html = render_to_string("web/error.html", {"sentence": "Sorry.", "status": 404}, request)
    assert "Sorry." in html
    assert html.count("<h1>") == 1
