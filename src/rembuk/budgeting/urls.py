"""Addresses of priorities and allocation runs."""

from django.urls import path

from rembuk.budgeting import views

app_name = "budgeting"
urlpatterns = [
    path("prioritas/", views.index, name="list"),
    path("prioritas/<uuid:cycle_id>/", views.cycle, name="cycle"),
    path("prioritas/<uuid:cycle_id>/hitung/", views.run, name="run"),
    path("prioritas/<uuid:cycle_id>/jawab/", views.answer, name="answer"),
    path("prioritas/<uuid:cycle_id>/ikat/", views.link, name="link"),
    path("prioritas/ikatan/<uuid:link_id>/lepas/", views.unlink, name="unlink"),
    path("prioritas/hasil/<uuid:run_id>/sahkan/", views.adopt, name="adopt"),
    path("prioritas/hasil/<uuid:run_id>/putusan/", views.override, name="override"),
    path("prioritas/hasil/<uuid:run_id>/alasan.csv", views.export, name="export"),
]
