"""The addresses of the portal's pages."""

from django.urls import URLPattern, path

from zamiast.portal.views import cases, identifier, looks, start

urlpatterns: list[URLPattern] = [
    path("", start.home, name="home"),
    path("help/", start.help_page, name="help"),
    path("help/<slug:language>.pdf", start.help_pdf, name="help_pdf"),
    path("identifier/", identifier.show, name="identifier"),
    path("identifier/card.pdf", identifier.card, name="identifier_card"),
    path("identifier/suspend/", identifier.suspend, name="identifier_suspend"),
    path("identifier/resume/", identifier.resume, name="identifier_resume"),
    path("identifier/replace/", identifier.replace, name="identifier_replace"),
    path("who-looked/", looks.show, name="looks"),
    path("cases/", cases.every, name="cases"),
    path("cases/<int:number>/", cases.one, name="case"),
    path("cases/<int:number>/not-me/", cases.disown, name="case_disown"),
]
