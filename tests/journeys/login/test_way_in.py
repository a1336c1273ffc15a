"""Stories of the way in: an invitation taken up, an app, a passkey, a lost phone."""

from __future__ import annotations

from tests.journeys.conftest import DESKTOP, PHONE

from zamiast.login import codes, services

WORDS = "cztery spokojne slowa razem"


def code_of(secret: str, ahead: int = 0) -> str:
    return codes._code(secret, codes._now() + ahead)


def invite(desk: str, k_number: str) -> str:
    invited = services.invite_staff(k_number, role="consultant")
    return f"{desk}/invitation/?code={invited.token}"


def take_up(page, link: str) -> None:
    """Open the link and set the password."""
    page.goto(link)
    assert page.url.endswith("/invitation/"), "the secret must not stay in the address"
    page.locator("input[name=password1]").fill(WORDS)
    page.locator("input[name=password2]").fill(WORDS)
    page.locator("main button").click()
    page.wait_for_url("**/second-factor/")


def set_up_app(page, check_accessible) -> str:
    """Set up the app from the secret that the page shows; return the secret."""
    page.locator("a[href='/second-factor/app/']").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    check_accessible(page)
    page.locator("input[name=code]").fill(code_of(secret))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url("**/second-factor/codes/")
    return secret


def give_password(page, desk: str, login: str) -> None:
    page.goto(f"{desk}/login/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(WORDS)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/login/code/")


def log_out(page) -> None:
    page.locator("header form[action='/logout/'] button").click()
    page.wait_for_url("**/login/")


def with_passkeys(page):
    """A device that keeps passkeys and recognises its owner."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return device, made["authenticatorId"]


def test_a_consultant_takes_up_the_invitation_and_logs_in_with_the_app(
    desk, page_for, check_accessible
):
    link = invite(desk, "K-801")
    page = page_for(PHONE, "pl")
    page.goto(link)
    check_accessible(page)
    take_up(page, link)
    check_accessible(page)

    page.goto(f"{desk}/")
    assert page.url.endswith("/second-factor/"), "nothing opens before the second factor"

    secret = set_up_app(page, check_accessible)
    check_accessible(page)
    assert page.locator("main ol code").count() == 10
    page.locator("main a.button").click()
    page.wait_for_url(f"{desk}/")
    log_out(page)

    give_password(page, desk, "K-801")
    check_accessible(page)
    page.locator("input[name=code]").fill(code_of(secret, 1))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url(f"{desk}/")

    page.goto(link)
    assert page.get_by_role("heading", level=1).inner_text() == "Ten link nie działa"
    check_accessible(page)


def test_a_passkey_alone_logs_in(desk, page_for, check_accessible):
    page = page_for(DESKTOP, "pl")
    device, authenticator = with_passkeys(page)
    take_up(page, invite(desk, "K-802"))
    page.locator("a[href='/second-factor/passkey/']").click()
    check_accessible(page)
    page.locator("input[name=name]").fill("mój telefon")
    page.locator("[data-passkey-start]").click()
    page.wait_for_url("**/second-factor/codes/")
    page.goto(f"{desk}/second-factor/")
    page.get_by_text("mój telefon").first.wait_for()
    check_accessible(page)
    log_out(page)

    check_accessible(page)
    page.locator("[data-passkey-start]").click()
    page.wait_for_url(f"{desk}/")
    log_out(page)

    user_verified = {"authenticatorId": authenticator, "isUserVerified": False}
    device.send("WebAuthn.setUserVerified", user_verified)
    page.locator("[data-passkey-start]").click()
    page.locator("[data-passkey-problem]").wait_for(state="visible")
    check_accessible(page)
    assert page.url.endswith("/login/"), "a found device does not open without its owner"


def test_a_lost_phone_a_recovery_code_and_a_new_app(desk, page_for, check_accessible):
    page = page_for(PHONE, "pl")
    take_up(page, invite(desk, "K-803"))
    set_up_app(page, check_accessible)
    spare = page.locator("main ol code").all_inner_texts()
    log_out(page)

    give_password(page, desk, "k-803")
    page.locator("input[name=code]").fill("000000")
    page.locator("input[name=code]").press("Enter")
    page.locator(".field .error").wait_for()
    check_accessible(page)
    assert page.locator("input[name=code]").input_value() == ""
    page.locator("input[name=code]").fill(spare[3])
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url(f"{desk}/")
    page.goto(f"{desk}/second-factor/app/remove/")
    assert page.locator("main .notice.danger").is_visible(), "the last factor stays"
    check_accessible(page)
    page.goto(f"{desk}/password/")
    check_accessible(page)
    page.goto(f"{desk}/second-factor/codes/new/")
    check_accessible(page)
