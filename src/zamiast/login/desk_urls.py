"""The way in that only the desk has: invitations are for staff."""

from django.urls import URLPattern, path

from zamiast.login import session_views, views
from zamiast.login.doors import way_in

urlpatterns: list[URLPattern] = [
    path("invitation/", way_in(views.invitation), name="invitation"),
    path("sessions/shift/", session_views.end_of_shift, name="end_of_shift"),
    path("staff/", session_views.staff, name="staff_sessions"),
    path("staff/end/", session_views.end_of_staff, name="end_staff_sessions"),
]
