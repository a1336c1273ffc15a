"""The addresses of the interfaces for other systems."""

from django.urls import include, path

from zamiast.web.views import alive

urlpatterns = [
    path("alive/", alive, name="alive"),
    path("", include("zamiast.api.urls")),
]

handler400 = "zamiast.api.problem.bad_request"
handler404 = "zamiast.api.problem.not_found"
handler500 = "zamiast.api.problem.failed"
