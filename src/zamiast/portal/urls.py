"""The addresses of the portal's pages."""

from django.urls import URLPattern, path

from zamiast.portal.views import (
    accounts,
    articles,
    cases,
    identifier,
    looks,
    missing,
    sharing,
    start,
)

urlpatterns: list[URLPattern] = [
    path("", start.home, name="home"),
    path("help/", articles.every, name="help"),
    path("help/search/", articles.search, name="help_search"),
    path("help/<slug:slug>/", articles.one, name="article"),
    path("help/<slug:slug>/<slug:language>.pdf", articles.on_paper, name="article_pdf"),
    path("identifier/", identifier.show, name="identifier"),
    path("identifier/card.pdf", identifier.card, name="identifier_card"),
    path("identifier/suspend/", identifier.suspend, name="identifier_suspend"),
    path("identifier/resume/", identifier.resume, name="identifier_resume"),
    path("identifier/replace/", identifier.replace, name="identifier_replace"),
    path("who-looked/", looks.show, name="looks"),
    path("cases/", cases.every, name="cases"),
    path("cases/<int:number>/", cases.one, name="case"),
    path("cases/<int:number>/not-me/", cases.disown, name="case_disown"),
    path("access/", accounts.every, name="accounts"),
    path("access/switch/", accounts.switch, name="acting_begin"),
    path("access/back/", accounts.come_back, name="acting_end"),
    path("access/read/", accounts.read, name="notices_read"),
    path("access/missing/", missing.ask, name="missing"),
    path("access/missing/case/", missing.open_case, name="missing_case"),
    path("access/divorce/", missing.divorce, name="divorce"),
    path("access/divorce/case/", missing.divorce_case, name="divorce_case"),
    path("access/granted/", sharing.every, name="granted"),
    path("access/granted/withdraw/", sharing.withdraw, name="grant_withdraw"),
    path("access/granted/give-up/", sharing.give_up, name="grant_give_up"),
    path("access/granted/revoke/", sharing.revoke, name="authorisation_revoke"),
    path("access/granted/cancel/", sharing.cancel, name="invitation_cancel"),
    path("access/granted/agree/", sharing.agree, name="authorisation_agree"),
    path("access/granted/end-all/", sharing.end_all, name="end_all"),
    path("access/invite/<int:account>/", sharing.invite, name="invite"),
    path("access/authorise/", sharing.authorise, name="authorise"),
    path("access/invitation/", sharing.answer, name="invitation"),
]
