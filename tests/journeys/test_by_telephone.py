"""A telephone exchange at work: calls that come by themselves, from the account, on paper."""

import itertools
import re

import pytest
from pypdf import PdfReader

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_confirm_a_call import ends, shot  # noqa: F401
from zamiast.helpline.models import Case
from zamiast.verification.models import Call

_lines = itertools.count(1)


@pytest.fixture
def line():
    """What the exchange calls the next call."""
    return f"line-{next(_lines)}"


def k_number(desk):
    return re.search(r"K-[0-9]{5}", desk.page.locator("nav").inner_text())[0]


def test_a_call_comes_by_itself_and_ends_by_itself(ends, exchange, line, check_accessible):  # noqa: F811
    desk, phone, portal, _account = ends
    desk.page.goto(desk.address)
    agent = k_number(desk)
    exchange("newCall", line, direction="in", number="+48600700817", queue="line 1")
    exchange("answer", line, agent=agent)
    desk.page.wait_for_url("**/call/*/")
    desk.page.locator("#number").fill(desk.number)
    desk.page.locator("#send").click()
    desk.page.locator("#confirm summary").wait_for()
    digits = desk.ask()
    phone.goto(f"{portal}/calls/question/")
    phone.get_by_text("z numeru kończącego się na 17").wait_for()
    check_accessible(phone)
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    desk.state("confirmed")
    desk.page.locator("#confirm [data-focus]").press("Enter")
    desk.page.get_by_text("Anna Brzęczyszczykiewicz").wait_for()
    assert exchange("hangup", line) == "accepted"
    desk.page.get_by_text("Anna Brzęczyszczykiewicz").wait_for(state="detached")
    assert "Brzęczyszczykiewicz" not in desk.page.content()
    assert not Call.objects.filter(ended_at=None, consultant__k_number=agent).exists()


def test_a_call_begun_in_the_account(ends, exchange, line, check_accessible):  # noqa: F811
    desk, phone, portal, account = ends
    desk.page.goto(desk.address)
    agent = k_number(desk)
    given_a_call_begun_in_the_account(phone, portal, check_accessible)
    code = phone.locator("#call-code").text_content().replace(" ", "")
    link = phone.locator("#call-link").get_attribute("href")
    assert re.fullmatch(r"tel:19239,+[0-9]{12}", link)
    assert link.endswith(code)
    assert desk.number not in phone.content(), "the identifier is not in the link"
    exchange("newCall", line, direction="in", tones=f"{code}#")
    phone.get_by_text("Kod dotarł").wait_for()
    exchange("answer", line, agent=agent)
    desk.page.wait_for_url("**/call/*/")
    desk.state("confirmed")
    assert "imię i nazwisko" in desk.page.locator("#confirm").inner_text().lower()
    assert "adres" not in desk.page.locator("#confirm-fields").inner_text().lower()
    shot(desk.page, "desk-begun")
    check_accessible(desk.page)
    desk.page.locator("#confirm [data-focus]").press("Enter")
    desk.page.get_by_text("Anna Brzęczyszczykiewicz").wait_for()
    shot(phone, "portal-before-taken")
    phone.get_by_text("Konsultant odebrał rozmowę").wait_for()
    shot(phone, "portal-call-taken")
    desk.page.locator("#matters [value=wrong_data]").click()
    desk.page.locator("#note").fill("Literówka w nazwisku.")
    desk.page.keyboard.press("Control+Enter")
    desk.page.get_by_text("potwierdzona", exact=True).wait_for()
    assert Case.objects.get(account_id=account).is_confirmed
    desk.hang_up()
    phone.goto(f"{portal}/calls/")
    phone.get_by_role("link", name=re.compile("Pokwitowanie rozmowy")).click()
    assert "rozpoczęta na Twoim koncie" in phone.locator("main").inner_text()
    phone.goto(f"{portal}/who-looked/")
    check_accessible(phone)


def given_a_call_begun_in_the_account(phone, portal, check_accessible):
    phone.goto(f"{portal}/calls/")
    phone.get_by_role("link", name="Rozpocznij rozmowę tutaj").click()
    check_accessible(phone)
    phone.locator("#matter").select_option("wrong_data")
    phone.get_by_role("button", name="Dalej").click()
    for unwanted in ("address", "birth_date"):
        phone.locator(f"[value={unwanted}]").uncheck()
    shot(phone, "portal-begin")
    check_accessible(phone)
    phone.get_by_role("button", name="Pokaż kod do rozmowy").click()
    phone.get_by_text("Kod działa raz").wait_for()
    phone.wait_for_function(
        "/^(9|10):[0-9]{2}$/.test(document.getElementById('call-left').textContent)"
    )
    phone.locator("summary", has_text="Z innego telefonu").click()
    shot(phone, "portal-begun")
    check_accessible(phone)
    phone.set_viewport_size(DESKTOP)
    shot(phone, "portal-begun-desktop")
    check_accessible(phone)
    phone.set_viewport_size(PHONE)


def test_a_code_on_paper(ends, exchange, line, check_accessible):  # noqa: F811
    desk, phone, portal, _account = ends
    pairs = given_a_printed_sheet(phone, portal, check_accessible)
    desk.page.goto(desk.address)
    exchange("newCall", line, direction="in", number="*****17")
    exchange("answer", line, agent=k_number(desk))
    desk.page.wait_for_url("**/call/*/")
    desk.page.locator("#number").fill(desk.number)
    desk.page.locator("#send").click()
    desk.page.locator("#confirm summary").wait_for()
    desk.page.locator("#matters [value=wrong_data]").click()
    desk.page.locator("#confirm input[name=matter][value=wrong_data]").wait_for(state="attached")
    desk.page.keyboard.press("F9")
    desk.page.get_by_role("button", name="Kodem z kartki").click()
    desk.page.locator("#confirm-digits").wait_for()
    text = desk.page.locator("#confirm-state").inner_text()
    number, word = re.search(r"W wierszu (\d+) stoi słowo", text)[1], pairs["1"][0]
    assert number == "1"
    assert desk.page.locator("#confirm-digits").inner_text() == word
    assert pairs["1"][1] not in desk.page.content(), "the desk never sees the digits"
    shot(desk.page, "desk-paper")
    check_accessible(desk.page)
    phone.goto(f"{portal}/calls/question/")
    assert not phone.locator("#digits").count(), "there is nothing to type"
    shot(phone, "portal-paper-question")
    check_accessible(phone)
    exchange("tones", line, tones=f"{pairs['1'][1]}#")
    desk.state("confirmed")
    desk.page.locator("#confirm [data-focus]").press("Enter")
    desk.page.get_by_text("Anna Brzęczyszczykiewicz").wait_for()
    desk.hang_up()
    phone.goto(f"{portal}/calls/paper/")
    shot(phone, "portal-paper-used")
    phone.get_by_text("Zostało 19 kodów").wait_for()
    phone.get_by_role("button", name="Kartka zgubiona").click()
    phone.get_by_text("Kartka już nie działa").wait_for()


def given_a_printed_sheet(phone, portal, check_accessible):
    """Print a sheet and read it, as it comes out of the printer: line → word, digits."""
    phone.goto(f"{portal}/calls/paper/")
    shot(phone, "portal-paper")
    check_accessible(phone)
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Wydrukuj nową kartkę").click()
    paper = PdfReader(download.value.path())
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"], "a tagged PDF"
    text = paper.pages[0].extract_text()
    assert "Anna" not in text
    rows = re.findall(r"(\d{1,2})\s+(\w+)\s+(\d{4})\s+(\d{4})", text)
    assert [row[0] for row in rows] == [str(nth) for nth in range(1, 21)]
    return {nth: (word, first + last) for nth, word, first, last in rows}
