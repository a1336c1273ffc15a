"""Who wrote without logging in: how they come back, and where to tell them of an answer."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from zamiast.helpline.models.case import Case


class Writer(models.Model):
    """The way back to one case of the public form. It goes when the case goes.

    The secret word is kept as a digest under a key outside the database, the address is
    encrypted; the desk sees neither.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="writer")
    digest = models.BinaryField()
    has_identifier = models.BooleanField(default=False)  # then the answer is in the account
    sealed = models.TextField(default="")  # the e-mail address, if one was given
    language = models.CharField(max_length=2, default="pl")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"writer of case {self.case_id}"
