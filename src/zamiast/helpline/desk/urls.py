"""The addresses of the desk's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
