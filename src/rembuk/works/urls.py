"""Addresses of works."""

from django.urls import path

from rembuk.works.views import boards, photos, work

app_name = "works"
urlpatterns = [
    path("apbdes/pelaksanaan/", boards.index, name="list"),
    path("apbdes/pelaksanaan/<uuid:cycle_id>/", boards.board, name="cycle"),
    path("apbdes/pelaksanaan/<uuid:cycle_id>/daftar.xlsx", boards.export, name="export"),
    path("apbdes/pelaksanaan/<uuid:cycle_id>/buka/", boards.open_them, name="open"),
    path("apbdes/pelaksanaan/<uuid:cycle_id>/evaluasi/", boards.evaluate, name="evaluate"),
    path("apbdes/pelaksanaan/pekerjaan/<uuid:work_id>/", work.work, name="work"),
    path("apbdes/pelaksanaan/pekerjaan/<uuid:work_id>/pelaksana/", work.edit, name="edit"),
    path("apbdes/pelaksanaan/pekerjaan/<uuid:work_id>/realisasi/", work.pay, name="pay"),
    path("apbdes/pelaksanaan/pekerjaan/<uuid:work_id>/kemajuan/", work.report, name="report"),
    path("apbdes/pelaksanaan/pekerjaan/<uuid:work_id>/kendala/", work.obstacle, name="obstacle"),
    path("apbdes/pelaksanaan/pekerjaan/<uuid:work_id>/tutup/", work.close, name="close"),
    path("apbdes/pelaksanaan/pekerjaan/<uuid:work_id>/pelihara/", work.maintain, name="maintain"),
    path("apbdes/pelaksanaan/foto/", photos.index, name="photos"),
    path("apbdes/pelaksanaan/foto/<uuid:progress_id>/", photos.look, name="photo_look"),
    path("apbdes/pelaksanaan/realisasi/<uuid:payment_id>/coret/", work.strike, name="strike"),
]
