"""Addresses of meetings."""

from django.urls import path

from rembuk.deliberation.views import acts, attendance, detail, forms, lists, scores, screen

app_name = "deliberation"
urlpatterns = [
    path("musyawarah/", lists.index, name="list"),
    path("musyawarah/unduh.csv", lists.export, name="export"),
    path("musyawarah/aturan/<str:village>/", forms.rules, name="rules"),
    path("musyawarah/baru/<uuid:cycle_id>/", forms.create, name="create"),
    path("musyawarah/peringkat/<uuid:cycle_id>/", scores.cycle_ranking, name="ranking"),
    path("musyawarah/<uuid:meeting_id>/", detail.detail, name="detail"),
    path("musyawarah/<uuid:meeting_id>/meter/", detail.meter, name="meter"),
    path("musyawarah/<uuid:meeting_id>/layar/", screen.screen, name="screen"),
    path("musyawarah/<uuid:meeting_id>/ubah/", forms.edit, name="edit"),
    path("musyawarah/<uuid:meeting_id>/undang/", forms.invite, name="invite"),
    path("musyawarah/<uuid:meeting_id>/undangan/<uuid:row_id>/lepas/", acts.uninvite, name="uninvite"),
    path("musyawarah/<uuid:meeting_id>/batal/", acts.cancel, name="cancel"),
    path("musyawarah/<uuid:meeting_id>/mulai/", acts.start, name="start"),
    path("musyawarah/<uuid:meeting_id>/tunda/", acts.adjourn, name="adjourn"),
    path("musyawarah/<uuid:meeting_id>/lanjut/", acts.resume, name="resume"),
    path("musyawarah/<uuid:meeting_id>/tutup/", acts.close, name="close"),
    path("musyawarah/<uuid:meeting_id>/buka-lagi/", acts.reopen, name="reopen"),
    path("musyawarah/<uuid:meeting_id>/hadir/", attendance.attendance, name="attendance"),
    path("musyawarah/<uuid:meeting_id>/hadir/hitung/", attendance.tally, name="tally"),
    path("musyawarah/<uuid:meeting_id>/hadir/<uuid:row_id>/", attendance.edit, name="edit_attendance"),
    path("musyawarah/<uuid:meeting_id>/hadir/<uuid:row_id>/hapus/", attendance.remove, name="remove_attendance"),
    path("musyawarah/<uuid:meeting_id>/notulen/", acts.note, name="note"),
    path("musyawarah/<uuid:meeting_id>/notulen/<uuid:row_id>/", acts.edit_note, name="edit_note"),
    path("musyawarah/<uuid:meeting_id>/notulen/<uuid:row_id>/hapus/", acts.remove_note, name="remove_note"),
    path("musyawarah/<uuid:meeting_id>/keputusan/", acts.decide, name="decide"),
    path("musyawarah/<uuid:meeting_id>/keputusan/<uuid:row_id>/hapus/", acts.remove_decision, name="remove_decision"),
    path("musyawarah/<uuid:meeting_id>/berita-acara/", acts.minutes, name="minutes"),
    path("musyawarah/<uuid:meeting_id>/tanda-tangan/", acts.sign, name="sign"),
    path("musyawarah/<uuid:meeting_id>/foto/", acts.photo, name="photo"),
    path("musyawarah/<uuid:meeting_id>/foto/<uuid:row_id>/lepas/", acts.remove_photo, name="remove_photo"),
    path("musyawarah/<uuid:meeting_id>/usulan/", scores.table, name="table"),
    path("musyawarah/<uuid:meeting_id>/usulan/<uuid:row_id>/angkat/", scores.untable, name="untable"),
    path("musyawarah/<uuid:meeting_id>/skor/", scores.scores, name="scores"),
    path("musyawarah/<uuid:meeting_id>/sahkan/", scores.adopt, name="adopt"),
]
