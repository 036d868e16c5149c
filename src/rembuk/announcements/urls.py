"""Addresses of announcements; what everybody reads is in the portal."""

from django.urls import path

from rembuk.announcements import views

app_name = "announcements"
urlpatterns = [
    path("pengumuman/", views.index, name="list"),
    path("pengumuman/<uuid:announcement_id>/cabut/", views.end, name="end"),
]
