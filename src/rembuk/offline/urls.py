"""Addresses of the field app."""

from django.urls import path

from rembuk.offline.views import app

app_name = "offline"
urlpatterns = [
    path("lapangan/", app.shell, name="app"),
    path("lapangan/sw.js", app.worker, name="worker"),
    path("lapangan/app.webmanifest", app.manifest, name="manifest"),
    path("lapangan/sesi.json", app.session, name="session"),
    path("lapangan/kata/<slug:language>.json", app.words, name="words"),
    path("lapangan/v/<slug:version>/<slug:name>.<slug:kind>", app.module, name="module"),
]
