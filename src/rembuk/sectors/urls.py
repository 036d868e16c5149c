"""Addresses of the sectors."""

from django.urls import path

from rembuk.sectors.views import clinic_days, lists, request, writing

app_name = "sectors"
urlpatterns = [
    path("dukungan-teknis/", lists.index, name="list"),
    path("dukungan-teknis/daftar.xlsx", lists.export, name="export"),
    path("dukungan-teknis/baru/", writing.draft, name="draft"),
    path("dukungan-teknis/klinik/", clinic_days.index, name="clinic_days"),
    path("dukungan-teknis/klinik/daftar.xlsx", clinic_days.export, name="clinic_days_export"),
    path("dukungan-teknis/klinik/baru/", clinic_days.hold, name="hold_clinic"),
    path("dukungan-teknis/klinik/<uuid:day_id>/", clinic_days.day, name="clinic_day"),
    path("dukungan-teknis/klinik/<uuid:day_id>/isi/", clinic_days.put, name="put_on_day"),
    path("dukungan-teknis/<uuid:request_id>/", request.show_request, name="request"),
    path("dukungan-teknis/<uuid:request_id>/ubah/", writing.edit, name="edit"),
    path("dukungan-teknis/<uuid:request_id>/kirim/", request.send, name="send"),
    path("dukungan-teknis/<uuid:request_id>/periksa/", request.check, name="check"),
    path("dukungan-teknis/<uuid:request_id>/kembalikan/", request.give_back, name="give_back"),
    path("dukungan-teknis/<uuid:request_id>/terima/", request.accept, name="accept"),
    path("dukungan-teknis/<uuid:request_id>/tolak/", request.decline, name="decline"),
    path("dukungan-teknis/<uuid:request_id>/jadwal/", request.schedule, name="schedule"),
    path("dukungan-teknis/<uuid:request_id>/hasil/", request.finish, name="finish"),
    path("dukungan-teknis/<uuid:request_id>/terima-hasil/", request.take, name="take"),
]
