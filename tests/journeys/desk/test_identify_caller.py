"""A consultant identifies a caller, with the keyboard alone."""

from __future__ import annotations

import contextlib
from itertools import combinations

from playwright.sync_api import expect

from zamiast.audit.models import Event, Look
from zamiast.helpline.models import Case
from zamiast.pure import identifier
from zamiast.pure.numerals.pesel import is_well_formed


def test_the_consultant_identifies_me_at_the_first_try(shift, caller):
    when_a_call_is_taken(shift)
    when_the_number_is_heard(shift, caller[1])
    then_it_was_heard_right(shift)
    when_it_is_sent(shift)
    then_the_caller_is_identified_and_the_script_speaks_their_language(shift)
    when_the_matter_is_chosen_and_a_note_written(shift)
    then_a_case_number_can_be_read_out(shift)
    then_the_holder_sees_who_looked_and_which_case(shift, caller[0])
    when_the_consultant_hangs_up(shift)
    then_the_next_call_is_one_key_away(shift)


def test_a_misheard_digit(shift, caller):
    when_a_call_is_taken(shift)
    when_the_number_is_heard(shift, misheard(caller[1], 4))
    shift.seen("Ask for the second group once more.")
    then_nothing_was_looked_up(shift)
    when_the_second_group_is_heard_again(shift, caller[1])
    then_it_was_heard_right(shift)


def test_a_group_typed_again_looks_like_a_pesel_for_a_moment(shift):
    number = passing_a_pesel()
    when_a_call_is_taken(shift)
    when_the_number_is_heard(shift, misheard(number, 4))
    when_the_second_group_is_heard_again(shift, number)
    then_it_was_heard_right(shift)


def test_two_groups_exchanged(shift, caller):
    number = caller[1]
    when_a_call_is_taken(shift)
    when_the_number_is_heard(shift, with_groups_exchanged(number))
    shift.seen("Ask in which order the groups come.")
    then_the_right_number_is_nowhere(shift, number)
    then_nothing_was_looked_up(shift)


def test_somebody_says_a_pesel(shift):
    pesel = next(str(n) for n in range(62031500000, 62031599999) if is_well_formed(str(n)))
    sent = []
    when_a_call_is_taken(shift)
    shift.page.on("request", lambda request: sent.append(request))
    when_the_number_is_heard(shift, pesel)
    shift.seen("That is a PESEL: do not take it.")
    expect(shift.page.locator("#number")).to_have_value("")
    assert sent == []
    when_the_exits_are_opened(shift)
    shift.seen("Numeru PESEL nie przyjmujemy")
    when_the_exits_are_closed(shift)
    expect(shift.page.locator("#number")).to_be_focused()
    shift.page.get_by_role("link", name="українська").click()
    when_the_exits_are_opened(shift)
    shift.seen("Номер PESEL ми не приймаємо")


def test_not_active(shift):
    when_a_call_is_taken(shift)
    when_the_number_is_heard(shift, identifier.generate())
    then_it_was_heard_right(shift)
    when_it_is_sent(shift)
    shift.seen("This number is not active.")
    expect(shift.page.locator("#number")).to_be_focused()
    assert Event.objects.filter(actor=shift.user.k_number, outcome="not_active").count() == 1


def test_a_caller_without_identifier(shift):
    when_a_call_is_taken(shift)
    when_the_caller_has_no_identifier(shift)
    shift.seen("Without an identifier.")
    when_the_matter_is_chosen_and_a_note_written(shift, key="0")
    then_a_case_number_can_be_read_out(shift)
    case = Case.objects.get(opened_by=shift.user.pk)
    assert (case.account_id, case.matter, case.state) == (None, "no_identifier", "open")


def test_three_misheard_tries_and_the_script_goes_on_without(shift, caller):
    when_a_call_is_taken(shift)
    for place in (1, 5, 9):
        expect(shift.page.locator("#give-up")).to_be_hidden()
        shift.page.locator("#number").fill("")
        when_the_number_is_heard(shift, misheard(caller[1], place))
    shift.seen("Enough tries.")
    shift.page.locator("#number").fill("")
    when_the_number_is_heard(shift, caller[1])
    then_it_was_heard_right(shift)
    expect(shift.page.locator("#give-up")).to_be_hidden()


def misheard(number, place):
    """The number with one digit wrong, such that only one explanation leads back."""
    others = (number[:place] + digit + number[place + 1 :] for digit in "0123456789")
    return next(
        other
        for other in others
        if len(identifier.diagnose(other)) == 1 and not is_well_formed(other[:11])
    )


def passing_a_pesel():
    """A number of which eleven digits look like a PESEL before the last of its second group."""
    while True:
        number = identifier.generate()
        if is_well_formed(number[:5] + number[6:]):
            with contextlib.suppress(StopIteration):
                misheard(number, 4)
                return number


def with_groups_exchanged(number):
    """Two groups exchanged, such that only one explanation leads back."""
    groups = [number[start : start + 3] for start in range(0, 12, 3)]
    for one, two in combinations(range(4), 2):
        order = list(groups)
        order[one], order[two] = groups[two], groups[one]
        other = "".join(order)
        if len(identifier.diagnose(other)) == 1 and not is_well_formed(other[:11]):
            return other
    raise AssertionError("every exchange of groups has two explanations")


def when_a_call_is_taken(shift):
    shift.take_call()
    shift.check(shift.page)


def when_the_number_is_heard(shift, digits):
    shift.hear(digits)


def when_the_second_group_is_heard_again(shift, number):
    field = shift.page.locator("#number")
    field.evaluate("field => field.setSelectionRange(4, 7)")
    shift.hear(number[3:6])
    expect(field).to_have_value(identifier.format(number))


def when_it_is_sent(shift):
    shift.page.keyboard.press("Enter")


def when_the_caller_has_no_identifier(shift):
    shift.page.keyboard.press("F2")
    expect(shift.page.locator("#matters")).to_be_visible()


def when_the_exits_are_opened(shift):
    shift.page.keyboard.press("F4")


def when_the_exits_are_closed(shift):
    shift.page.keyboard.press("F4")


def when_the_matter_is_chosen_and_a_note_written(shift, key="7"):
    if shift.page.locator("#matters").is_visible():
        shift.page.keyboard.press(key)
    expect(shift.page.locator("#at-hand")).to_be_visible()
    shift.check(shift.page)
    shift.page.keyboard.press("n")
    shift.page.keyboard.type("Asks for help.")
    shift.page.keyboard.press("Control+Enter")


def when_the_consultant_hangs_up(shift):
    shift.page.keyboard.press("Enter")


def then_it_was_heard_right(shift):
    shift.seen("Heard right. Press Enter.")


def then_nothing_was_looked_up(shift):
    assert not Event.objects.filter(actor=shift.user.k_number, what="call.identify").exists()


def then_the_right_number_is_nowhere(shift, number):
    page = shift.page.content()
    assert number not in page
    assert identifier.format(number) not in page


def then_the_caller_is_identified_and_the_script_speaks_their_language(shift):
    shift.seen("Identifier active.")
    shift.seen("українська")
    shift.page.keyboard.press("7")
    expect(shift.page.locator("#question [lang=uk]")).to_contain_text("Ким ви є для дитини?")
    expect(shift.page.locator("#question")).to_contain_text("What are you to the child?")
    assert "Wiśniewska" not in shift.page.content()


def then_a_case_number_can_be_read_out(shift):
    expect(shift.page.locator(".case-number")).to_be_visible()
    case = Case.objects.get(opened_by=shift.user.pk)
    shift.seen(f"{case.number:,}".replace(",", " "))
    shift.seen("unconfirmed")


def then_the_holder_sees_who_looked_and_which_case(shift, account):
    looks = Look.objects.filter(account_id=account.pk, actor=shift.user.k_number)
    assert set(looks.values_list("what", flat=True)) == {
        "call.identify", "case.opened", "note.written"}  # fmt: skip


def then_the_next_call_is_one_key_away(shift):
    expect(shift.page.get_by_role("button", name="Take a call")).to_be_focused()
    shift.check(shift.page)


def test_keys_pressed_before_the_script_is_there_are_not_lost(shift, desk):
    held = []
    shift.page.route("**/desk*.js", lambda route: held.append(route))
    shift.page.goto(f"{desk}/", wait_until="commit")
    shift.page.locator("#take-call").wait_for()
    shift.page.evaluate("document.activeElement.blur()")
    shift.page.keyboard.press("Enter")
    when_the_script_arrives(shift, held)
    shift.page.locator("#number").wait_for()
    shift.page.keyboard.press("F2")
    when_the_script_arrives(shift, held)
    expect(shift.page.locator("#matter-0")).to_be_focused()
    shift.page.keyboard.press("1")  # also the first digit of others
    shift.page.keyboard.press("Enter")
    when_the_script_arrives(shift, held)
    expect(shift.page.locator("#case-form [name=matter]")).to_have_value("wrong_data")


def when_the_script_arrives(shift, held):
    while not held:
        shift.page.wait_for_timeout(20)
    held.pop().continue_()
