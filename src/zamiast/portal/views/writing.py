"""Writing to the helpline: from the account, by the public form, and coming back to that."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zamiast.errors import Conflict, NotFound, TooMany
from zamiast.helpline import matters, public
from zamiast.portal import corresponding, wording
from zamiast.portal.acting import MANAGE, Whose
from zamiast.portal.corresponding import Sent
from zamiast.portal.entry import with_subject
from zamiast.portal.forms import FirstLetter, Letter, PublicLetter, WayBack
from zamiast.portal.presenters import language
from zamiast.web import access

LIMITS = {"write": "5/h/ip,30/m/key", "come_back": "30/h/ip"}  # the key is one for all


@access.holder
@with_subject(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, whose: Whose) -> HttpResponse:
    """A letter in a new matter, or one that is added to the open case in it."""
    form = FirstLetter(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sent = corresponding.write(whose, request.user, data["matter"], data["text"])  # type: ignore[arg-type]
        except TooMany:
            messages.warning(request, _("That is enough for today. The helpline can be called."))
            return redirect("cases")
        _say(request, sent)
        return redirect("case", number=sent.number)
    return render(request, "portal/write.html", {"form": form})


@access.holder
@with_subject(MANAGE)
@require_POST
def answer(request: HttpRequest, whose: Whose, number: int) -> HttpResponse:
    """A letter in an own case."""
    form = Letter(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write something first; 4,000 characters at most."))
        return redirect("case", number=number)
    try:
        _say(request, corresponding.write_in(whose, number, form.cleaned_data["text"]))
    except TooMany:
        messages.warning(request, _("That is enough for today. The helpline can be called."))
    except Conflict:
        messages.info(request, _("This case takes no more letters. Write in a new one."))
    return redirect("case", number=number)


@access.public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The public form: for those who cannot or will not speak, or cannot log in."""
    given = PublicLetter(request.POST or None)
    if request.method == "POST" and given.is_valid():
        if not _may(request, "write"):
            return render(request, "portal/write_enough.html", status=429)
        data = given.cleaned_data
        written = public.write(
            data["matter"], data["text"], language=language(), identifier=data["identifier"],
            address=data["address"],
        )  # fmt: skip
        shown = {"written": written, "in_account": bool(data["identifier"]),
                 "has_address": bool(data["address"])}  # fmt: skip
        return render(request, "portal/written.html", shown)
    return render(request, "portal/write_public.html", {"form": given})


@access.public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Read the answer to what came by the public form, and write again."""
    form = WayBack(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "portal/way_back.html", {"form": form})
    if not _may(request, "come_back"):
        return render(request, "portal/write_enough.html", status=429)
    number, word = form.cleaned_data["number"], form.cleaned_data["word"]
    try:
        cut = _again(request, number, word)
        seen = public.come_back(number, word)
    except NotFound:
        form.add_error(None, _("There is no case with this number and this word. Check both."))
        return render(request, "portal/way_back.html", {"form": form}, status=404)
    except TooMany:
        return render(request, "portal/write_enough.html", status=429)
    shown = {
        "seen": seen, "thread": corresponding.shown(seen.letters), "cut": cut,
        "matter": matters.name(seen.matter, language()), "number": number, "word": word,
        "state": wording.of_case_state(seen.state), "form": Letter(),
    }  # fmt: skip
    return render(request, "portal/way_back_case.html", shown)


def _again(request: HttpRequest, number: int, word: str) -> int:
    """Keep what was written on the page of the case; return how many numbers were cut out."""
    letter = Letter(request.POST)
    if "text" not in request.POST or not letter.is_valid():
        return 0
    try:
        return public.write_again(number, word, letter.cleaned_data["text"])
    except Conflict:
        messages.info(request, _("This case takes no more letters. Write in a new one."))
        return 0


def _may(request: HttpRequest, action: str) -> bool:
    return bool(ratelimit.consume(request, app="portal", action=action, config=LIMITS, key="all"))


def _say(request: HttpRequest, sent: Sent) -> None:
    """What became of a letter."""
    if sent.was_sent:
        messages.info(request, _("You have sent this already. We have it."))
    elif sent.was_open:
        messages.success(request, _("Your message was added to this case."))
    else:
        messages.success(request, _("Your case is open. The answer will be here."))
    if sent.cut:
        text = _("There was a PESEL in your message. We cut it out: we never need it.")
        messages.warning(request, text)
