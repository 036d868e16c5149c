"""Addresses of the archive and of the public check of a paper."""

from django.urls import path

from rembuk.documents.views import (
    archive,
    bundles,
    completeness,
    letters,
    making,
    scans,
    verifying,
    wording,
    work_plans,
)

app_name = "documents"
urlpatterns = [
    path("dokumen/", archive.archive, name="list"),
    path("dokumen/buat/<str:code>/<str:subject>/", making.paper, name="paper"),
    path("dokumen/siklus/<uuid:cycle_id>/", completeness.checklist, name="cycle"),
    path("dokumen/siklus/<uuid:cycle_id>/bundel/", bundles.bundle, name="bundle"),
    path("dokumen/siklus/<uuid:cycle_id>/lembar/", scans.scans, name="scans"),
    path("dokumen/lembar/<uuid:page_id>/", scans.place, name="scan_place"),
    path("dokumen/lembar/<uuid:page_id>/gambar/", scans.picture, name="scan_picture"),
    path("dokumen/siklus/<uuid:cycle_id>/surat/", letters.letters, name="letters"),
    path("dokumen/siklus/<uuid:cycle_id>/surat/<slug:letter_kind>/", letters.write, name="letter_write"),
    path("dokumen/surat/<uuid:letter_id>/", letters.edit, name="letter_edit"),
    path("dokumen/rktl/<uuid:team_id>/", work_plans.work_plan, name="work_plan"),
    path("dokumen/redaksi/", wording.texts, name="wordings"),
    path("dokumen/redaksi/<str:wording_kind>/", wording.text, name="wording"),
    path("dokumen/bundel/", bundles.runs, name="bundle_runs"),
    path("dokumen/bundel/<uuid:run_id>/", bundles.run, name="bundle_run"),
    path("dokumen/bundel/<uuid:run_id>/unduh/", bundles.download_run, name="bundle_run_zip"),
    path("dokumen/tahap/<uuid:cycle_id>/<str:stage>/", archive.stage_files, name="stage"),
    path("dokumen/<uuid:paper_id>/", archive.paper_detail, name="paper_detail"),
    path("dokumen/<uuid:paper_id>/<str:fmt>/", archive.download, name="file"),
    path("periksa/", verifying.ask, name="verify_ask"),
    path("periksa/<str:code>/", verifying.verify, name="verify"),
]
