"""Addresses that both sites share."""

from django.urls import path

from zamiast.web import views

urlpatterns = [
    path("language/", views.choose_language, name="choose_language"),
    path("alive/", views.alive, name="alive"),
]
