"""Addresses of facilitated forums."""

from django.urls import path

from rembuk.guidance.facilitation.views import forum, lists, papers, recorded, screen

app_name = "facilitation"
urlpatterns = [
    path("fasilitasi/", lists.index, name="list"),
    path("fasilitasi/daftar.xlsx", lists.export, name="export"),
    path("fasilitasi/papan/", lists.board, name="board"),
    path("fasilitasi/minta/", lists.request_all, name="request"),
    path("fasilitasi/<uuid:forum_id>/", forum.forum, name="forum"),
    path("fasilitasi/<uuid:forum_id>/hari/", forum.schedule, name="schedule"),
    path("fasilitasi/<uuid:forum_id>/tunda/", forum.postpone, name="postpone"),
    path("fasilitasi/<uuid:forum_id>/tim/", forum.join, name="join"),
    path("fasilitasi/tim/<uuid:guide_id>/lepas/", forum.leave, name="leave"),
    path("fasilitasi/<uuid:forum_id>/siap/", forum.make_ready, name="ready"),
    path("fasilitasi/<uuid:forum_id>/ikuti/", forum.follow, name="follow"),
    path("fasilitasi/<uuid:forum_id>/verifikasi/", forum.verify, name="verify"),
    path("fasilitasi/<uuid:forum_id>/tutup/", forum.close, name="close"),
    path("fasilitasi/<uuid:forum_id>/layar/", screen.screen, name="screen"),
    path("fasilitasi/<uuid:forum_id>/jawab/", screen.answer, name="answer"),
    path("fasilitasi/<uuid:forum_id>/bicara/", screen.count, name="count"),
    path("fasilitasi/bicara/<uuid:turn_id>/batal/", screen.strike, name="strike"),
    path("fasilitasi/<uuid:forum_id>/catatan/", recorded.recorded, name="recorded"),
    path("fasilitasi/<uuid:forum_id>/alat/", recorded.tool, name="tool"),
    path("fasilitasi/<uuid:forum_id>/fgd/", recorded.group, name="group"),
    path("fasilitasi/<uuid:forum_id>/tanggapan/", recorded.reaction, name="reaction"),
    path("fasilitasi/<uuid:forum_id>/catatan-pemandu/", recorded.note, name="note"),
    path("fasilitasi/<uuid:forum_id>/bekal/", papers.brief, name="brief"),
    path("fasilitasi/<uuid:forum_id>/bukti/", papers.evidence, name="evidence"),
    path("fasilitasi/<uuid:forum_id>/bukti/unduh.zip", papers.archive, name="archive"),
]
