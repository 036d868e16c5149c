"""Addresses of the desk of evaluations."""

from django.urls import path

from rembuk.guidance.evaluation.views import lists, review, self_check, settings, submitting

app_name = "evaluation"
urlpatterns = [
    path("evaluasi/", lists.index, name="list"),
    path("evaluasi/mandiri/", self_check.index, name="self_checks"),
    path("evaluasi/mandiri/<uuid:cycle_id>/", self_check.self_check, name="self_check"),
    path("evaluasi/mandiri/<uuid:cycle_id>/simpan/", self_check.save, name="save_self_check"),
    path("evaluasi/pengaturan/", settings.settings, name="settings"),
    path("evaluasi/pengaturan/<str:regency>/standar/", settings.set_standard, name="set_standard"),
    path("evaluasi/pengaturan/<str:regency>/delegasi/", settings.delegate, name="delegate"),
    path("evaluasi/delegasi/<uuid:delegation_id>/akhiri/", settings.end_delegation, name="end_delegation"),
    path("evaluasi/ajukan/<uuid:cycle_id>/<slug:kind>/", submitting.submit, name="submit"),
    path("evaluasi/<uuid:review_id>/", review.review, name="review"),
    path("evaluasi/<uuid:review_id>/terima/", review.register, name="register"),
    path("evaluasi/<uuid:review_id>/kembalikan/", review.give_back, name="give_back"),
    path("evaluasi/<uuid:review_id>/benturan/", review.recuse, name="recuse"),
    path("evaluasi/<uuid:review_id>/teruskan/", review.forward, name="forward"),
    path("evaluasi/<uuid:review_id>/butir/", review.save_marks, name="marks"),
    path("evaluasi/<uuid:review_id>/hasil/", review.draft_result, name="draft_result"),
    path("evaluasi/<uuid:review_id>/buka-lagi/", review.reopen, name="reopen"),
    path("evaluasi/<uuid:review_id>/tanda-tangan/", review.sign, name="sign"),
]
