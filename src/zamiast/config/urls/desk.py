"""The addresses of the desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("zamiast.web.urls")),
    path("", include("zamiast.login.urls")),
    path("", include("zamiast.login.desk_urls")),
    path("", include("zamiast.helpline.desk.urls")),
]

handler400 = "zamiast.web.errors.bad_request"
handler403 = "zamiast.web.errors.denied"
handler404 = "zamiast.web.errors.not_found"
handler500 = "zamiast.web.errors.failed"
