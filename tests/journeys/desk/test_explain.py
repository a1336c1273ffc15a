"""Matters 7 to 10 on a call that nobody confirmed: help from what the caller says."""

from __future__ import annotations

import datetime

from playwright.sync_api import expect

from zamiast.helpline.models import Case, Note


def test_a_parent_learns_why_the_child_is_missing(shift, caller):
    when_a_caller_is_identified_in_matter(shift, caller[1], "7")
    shift.page.locator("#note").fill("Calls about a child.")
    when_it_is_explained(shift)
    shift.seen("The answers are not saved.")
    when_answered(shift, relation="parent", age="under_16", insurer="me")
    shift.page.locator("#q-registered").fill(str(yesterday()))
    then_the_caller_is_told(shift, "uk", shift.page.get_by_role("button", name="Explain"))
    shift.seen("from what the caller says")
    shift.seen(visible_by())
    shift.seen("Nothing is said about any account yet.")
    shift.page.get_by_role("button", name="Back to the call").click()
    expect(shift.page.locator("#note")).to_have_value("Calls about a child.")
    expect(shift.page.locator("#matter-7")).to_be_checked()
    assert not Case.objects.filter(opened_by=shift.user.pk).exists()


def test_a_booster_waits_for_monday(shift, caller):
    when_a_caller_is_identified_in_matter(shift, caller[1], "10")
    when_it_is_explained(shift)
    expect(shift.page.locator("#q-dose")).to_have_count(0)  # first: vaccination, or test?
    when_answered(shift, asks="vaccination")
    shift.page.get_by_role("button", name="Explain").click()
    when_answered(shift, who="self", age="y55", kind="course")
    shift.page.locator("#q-dose").fill("2021-06-17")
    shift.page.locator("#q-day").fill("2021-12-15")
    shift.page.locator("#answers button[name=caller][value=en]").click()
    shift.seen("Referrals come in batches: yours comes on 20 December 2021.")
    shift.seen("The conditions are met from 14 December 2021.")
    assert not Note.objects.filter(case__opened_by=shift.user.pk).exists()


def test_a_test_is_ordered_by_a_doctor(shift, caller):
    when_a_caller_is_identified_in_matter(shift, caller[1], "10")
    when_it_is_explained(shift)
    when_answered(shift, asks="test")
    shift.page.locator("#answers button[name=caller][value=en]").click()
    shift.seen("A test is ordered by a doctor")


def when_a_caller_is_identified_in_matter(shift, number, matter):
    shift.take_call()
    shift.hear(number)
    shift.page.keyboard.press("Enter")
    shift.page.locator(f"#matter-{matter}").check(force=True)


def when_it_is_explained(shift):
    shift.page.get_by_role("button", name="Explain from what the caller says").click()
    expect(shift.page.locator("#answers")).to_be_visible()


def when_answered(shift, **answers):
    for question, option in answers.items():
        shift.page.locator(f"#q-{question}-{option}").check()


def then_the_caller_is_told(shift, language, button):
    button.first.click()
    expect(shift.page.locator("#told ~ [lang]").first).to_have_attribute("lang", language)
    shift.check(shift.page)


def yesterday():
    return datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=1)


def visible_by():
    """The last day on which the registration shows, as Ukrainian writes its year."""
    return f"{(yesterday() + datetime.timedelta(days=21)).year}"
