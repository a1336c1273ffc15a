"""Forms of the portal."""

from __future__ import annotations

from django import forms


class Replacement(forms.Form):
    """Which identifier the holder saw when asking for another one."""

    seen = forms.IntegerField(
        min_value=100_000_000_000, max_value=999_999_999_999, widget=forms.HiddenInput
    )
