"""Addresses of places."""

from django.urls import path

from rembuk.regions import views

app_name = "regions"
urlpatterns = [
    path("desa/", views.villages, name="villages"),
    path("desa/unduh/", views.export, name="export"),
    path("desa/batas.geojson", views.boundaries, name="boundaries"),
    path("desa/<str:village_id>/data/", views.village, name="village"),
    path("desa/<str:village_id>/data/ubah/", views.edit_village, name="edit_village"),
    path("desa/<str:village_id>/dusun/tambah/", views.add_hamlet, name="add_hamlet"),
    path("desa/<str:village_id>/rt/tambah/", views.add_rt, name="add_rt"),
    path("dusun/<uuid:hamlet_id>/", views.edit_hamlet, name="edit_hamlet"),
    path("dusun/<uuid:hamlet_id>/akhiri/", views.end_hamlet, name="end_hamlet"),
    path("rt/<uuid:rt_id>/", views.edit_rt, name="edit_rt"),
    path("rt/<uuid:rt_id>/hapus/", views.remove_rt, name="remove_rt"),
]
