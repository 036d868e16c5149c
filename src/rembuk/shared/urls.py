"""Addresses of pages that belong to no single room."""

from django.urls import path

from rembuk.shared import views

app_name = "shared"
urlpatterns = [
    path("kabar/", views.notices, name="notices"),
    path("kabar/teks/", views.notices_text, name="notices_text"),
    path("kabar/baca/", views.read_all, name="read_all"),
    path("kabar/<uuid:notice_id>/baca/", views.read_one, name="read_one"),
    path("jejak/<slug:kind>/<str:key>/", views.trail, name="trail"),
    path("berkas/<uuid:file_id>/", views.download, name="file"),
    path("pekerjaan/<uuid:job_id>/", views.job, name="job"),
    path("pekerjaan/<uuid:job_id>/batal/", views.cancel_job, name="cancel_job"),
    path("sehat/", views.healthy, name="health"),
]
