"""The addresses of the portal's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
