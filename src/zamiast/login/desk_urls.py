"""The way in that only the desk has: invitations are for staff."""

from django.urls import URLPattern, path

from zamiast.login import views
from zamiast.login.doors import way_in

urlpatterns: list[URLPattern] = [
    path("invitation/", way_in(views.invitation), name="invitation"),
]
