"""Addresses of the cycle."""

from django.urls import path

from rembuk.cycles.views import checking, cycles, rpjm, settings, stages

app_name = "cycles"
STAGE = "siklus/<uuid:cycle_id>/<str:stage>/"
urlpatterns = [
    path("siklus/", cycles.cycles, name="list"),
    path("siklus/buka/", cycles.open_cycles, name="open"),
    path("siklus/<uuid:cycle_id>/", cycles.cycle, name="cycle"),
    path(STAGE, stages.stage, name="stage"),
    path(STAGE + "bukti/", stages.attach, name="attach"),
    path(STAGE + "selesai/", stages.complete, name="complete"),
    path(STAGE + "konfirmasi/", stages.confirm, name="confirm"),
    path(STAGE + "kembalikan/", stages.send_back, name="return"),
    path(STAGE + "periksa/", stages.recheck, name="recheck"),
    path(STAGE + "kelonggaran/", stages.excuse, name="excuse"),
    path("rpjm/", rpjm.rpjm_list, name="rpjm_list"),
    path("rpjm/<str:village_id>/mulai/", rpjm.open_rpjm, name="open_rpjm"),
    path("bukti/", checking.evidence_list, name="evidence_list"),
    path("bukti/<uuid:evidence_id>/", stages.evidence, name="evidence"),
    path("bukti/<uuid:evidence_id>/periksa/", stages.verify, name="verify"),
    path("bukti/<uuid:evidence_id>/tarik/", stages.withdraw, name="withdraw"),
    path("kelonggaran/", settings.excuses, name="excuses"),
    path("kelonggaran/<uuid:excuse_id>/", settings.one_excuse, name="one_excuse"),
    path("kelonggaran/<uuid:excuse_id>/putuskan/", settings.decide, name="decide"),
    path("hari-libur/", settings.own_holidays, name="own_holidays"),
    path("profil-prosedur/", settings.own_procedure, name="own_procedure"),
    path("hari-libur/<str:regency>/", settings.holidays, name="holidays"),
    path("hari-libur/<str:regency>/tambah/", settings.add_holiday, name="add_holiday"),
    path("hari-libur/hapus/<uuid:holiday_id>/", settings.remove_holiday, name="remove_holiday"),
    path("profil-prosedur/<str:regency>/", settings.procedure, name="procedure"),
    path("profil-prosedur/<str:regency>/simpan/", settings.set_procedure, name="set_procedure"),
]
