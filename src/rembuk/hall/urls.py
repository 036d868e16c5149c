"""Addresses of the studio, where a hall chooses what will be built, and of meetings held away from the server."""

from django.urls import path

from rembuk.hall import acts, studio
from rembuk.hall.views import desk, door, phones, taking

app_name = "hall"
urlpatterns = [
    path("meja/<uuid:cycle_id>/", studio.studio, name="studio"),
    path("meja/<uuid:cycle_id>/layar/", studio.projector, name="projector"),
    path("meja/<uuid:cycle_id>/keadilan/", studio.fairness, name="fairness"),
    path("meja/<uuid:cycle_id>/kenapa/<uuid:proposal_id>/", studio.why, name="why"),
    path("meja/<uuid:cycle_id>/bawa/", acts.bring, name="bring"),
    path("meja/hasil/<uuid:run_id>/putusan/<uuid:proposal_id>/", acts.pin, name="pin"),
    path("meja/hasil/<uuid:run_id>/sahkan/", acts.adopt, name="adopt"),
    path("meja/hasil/<uuid:run_id>/ulang/", studio.replay, name="replay"),
    path("musyawarah/<uuid:meeting_id>/balai/bawa/", taking.take, name="take"),
    path("musyawarah/<uuid:meeting_id>/balai/lepas/", taking.release, name="release"),
    path("balai/masuk/", door.sign_in, name="sign_in"),
    path("balai/petugas/<uuid:meeting_id>/", desk.desk, name="desk"),
    path("balai/petugas/<uuid:meeting_id>/hp/", desk.poster, name="poster"),
    path("balai/petugas/<uuid:meeting_id>/datang/", desk.arrivals, name="arrivals"),
    path("balai/petugas/<uuid:meeting_id>/kotak/", desk.boxes, name="boxes"),
    path("balai/petugas/<uuid:meeting_id>/slip/", desk.slips, name="slips"),
    path("balai/petugas/<uuid:meeting_id>/titik/", desk.dots, name="dots"),
    path("balai/hp/<str:room>/", phones.phone, name="phone"),
    path("balai/hp/<str:room>/hadir/", phones.arrive, name="arrive"),
    path("balai/hp/<str:room>/hadir/<uuid:arrival_id>/", phones.arrived, name="arrived"),
    path("balai/hp/<str:room>/suara/", phones.vote, name="vote"),
]
