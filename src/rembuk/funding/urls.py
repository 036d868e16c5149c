"""Addresses of the ceilings."""

from django.urls import path

from rembuk.funding import views

app_name = "funding"
urlpatterns = [
    path("pagu/", views.ceilings, name="list"),
    path("pagu/berkas/", views.sheet, name="sheet"),
    path("pagu/berkas/simpan/", views.sheet_save, name="sheet_save"),
    path("pagu/berkas/contoh.xlsx", views.sheet_example, name="sheet_example"),
    path("pagu/terbitkan/<int:year>/", views.issue_all, name="issue_all"),
    path("pagu/<str:village>/<int:year>/", views.village, name="village"),
    path("pagu/<str:village>/<int:year>/surat/", views.enter_letter, name="enter_letter"),
    path("pagu/<str:village>/<int:year>/perkiraan/", views.enter_own, name="enter_own"),
    path("pagu/<str:village>/<int:year>/sementara/", views.enter_provisional, name="enter_provisional"),
    path("pagu/<str:village>/<int:year>/terbitkan/", views.issue, name="issue"),
    path("aturan-dana-desa/<int:year>/", views.rules, name="rules"),
]
