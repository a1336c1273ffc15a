"""The addresses of the interfaces."""

from django.urls import URLPattern, path

from zamiast.api import telephony

urlpatterns: list[URLPattern] = [
    path("telephony/events/", telephony.events, name="telephony_events"),
]
