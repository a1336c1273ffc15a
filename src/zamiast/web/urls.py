"""Addresses that both sites share."""

from django.urls import path

from zamiast.web import views

urlpatterns = [
    path("language/", views.choose_language, name="choose_language"),
    path("text-size/", views.choose_text_size, name="choose_text_size"),
    path("style/", views.style, name="style"),
    path("alive/", views.alive, name="alive"),
]
