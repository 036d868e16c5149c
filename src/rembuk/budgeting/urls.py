"""Addresses of priorities, allocation runs and the village budget."""

from django.urls import path

from rembuk.budgeting.views import apbdes, apbdes_import, difference, law, rab
from rembuk.budgeting.views import priorities as views

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
    path("apbdes/", apbdes.index, name="apbdes_list"),
    path("apbdes/<uuid:cycle_id>/", apbdes.apbdes, name="apbdes"),
    path("apbdes/<uuid:cycle_id>/serahkan/", apbdes.hand_over, name="hand_over"),
    path("apbdes/<uuid:cycle_id>/serah-terima.csv", apbdes.handed_rows, name="handed_rows"),
    path("apbdes/<uuid:cycle_id>/unggah/", apbdes_import.upload, name="apbdes_upload"),
    path("apbdes/<uuid:cycle_id>/selisih/", difference.difference, name="difference"),
    path("apbdes/<uuid:cycle_id>/selisih.xlsx", difference.export, name="difference_export"),
    path("apbdes/<uuid:cycle_id>/rab/", rab.compare, name="rab"),
    path("apbdes/<uuid:cycle_id>/rab.xlsx", rab.export, name="rab_export"),
    path("apbdes/baris/<uuid:line_id>/", rab.line, name="apbdes_line"),
    path("apbdes/<uuid:cycle_id>/langkah/", law.steps, name="apbdes_steps"),
    path("apbdes/<uuid:apbdes_id>/catat/", law.record, name="record_step"),
    path("apbdes/impor/<uuid:import_id>/", apbdes_import.batch, name="apbdes_import"),
    path("apbdes/impor/<uuid:import_id>/catatan.xlsx", apbdes_import.problems, name="apbdes_problems"),
    path("apbdes/impor/<uuid:import_id>/lembar/", apbdes_import.sheets, name="apbdes_sheets"),
]
