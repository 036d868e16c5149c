"""Addresses of the studio, where a hall chooses what will be built."""

from django.urls import path

from rembuk.hall import acts, views

app_name = "hall"
urlpatterns = [
    path("meja/<uuid:cycle_id>/", views.studio, name="studio"),
    path("meja/<uuid:cycle_id>/layar/", views.projector, name="projector"),
    path("meja/<uuid:cycle_id>/keadilan/", views.fairness, name="fairness"),
    path("meja/<uuid:cycle_id>/kenapa/<uuid:proposal_id>/", views.why, name="why"),
    path("meja/<uuid:cycle_id>/bawa/", acts.bring, name="bring"),
    path("meja/hasil/<uuid:run_id>/putusan/<uuid:proposal_id>/", acts.pin, name="pin"),
    path("meja/hasil/<uuid:run_id>/sahkan/", acts.adopt, name="adopt"),
    path("meja/hasil/<uuid:run_id>/ulang/", views.replay, name="replay"),
]
