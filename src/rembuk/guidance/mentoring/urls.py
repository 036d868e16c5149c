"""Addresses of mentoring."""

from django.urls import path

from rembuk.guidance.mentoring.views import item, lists, planning, sheet, village, visit

app_name = "mentoring"
urlpatterns = [
    path("kunjungan/", lists.index, name="list"),
    path("kunjungan/daftar.<str:kind>", lists.export, name="export"),
    path("kunjungan/jadwal/", lists.schedule, name="schedule"),
    path("kunjungan/rencana/", planning.season, name="season"),
    path("kunjungan/baru/", planning.new, name="new"),
    path("kunjungan/lembar-kosong/", sheet.blank, name="blank"),
    path("kunjungan/aturan/", village.own_rules, name="own_rules"),
    path("kunjungan/aturan/<str:regency>/", village.rules, name="rules"),
    path("kunjungan/aturan/<str:regency>/simpan/", village.set_rules, name="set_rules"),
    path("kunjungan/desa/<str:village_id>/", village.village, name="village"),
    path("kunjungan/desa/<str:village_id>/tenggang/", village.grace, name="grace"),
    path("kunjungan/<uuid:visit_id>/", visit.visit, name="visit"),
    path("kunjungan/<uuid:visit_id>/setuju/", visit.confirm, name="confirm"),
    path("kunjungan/<uuid:visit_id>/jadwal-ulang/", visit.reschedule, name="reschedule"),
    path("kunjungan/<uuid:visit_id>/batal/", visit.cancel, name="cancel"),
    path("kunjungan/<uuid:visit_id>/mulai/", visit.start, name="start"),
    path("kunjungan/<uuid:visit_id>/lembar/", sheet.sheet, name="sheet"),
    path("kunjungan/<uuid:visit_id>/akui/", visit.acknowledge, name="acknowledge"),
    path("kunjungan/<uuid:visit_id>/kertas/", visit.sign_paper, name="sign_paper"),
    path("kunjungan/<uuid:visit_id>/tutup/", visit.close, name="close"),
    path("temuan/", lists.items, name="items"),
    path("temuan/daftar.<str:kind>", lists.export_items, name="export_items"),
    path("tindak-lanjut/", lists.mine, name="mine"),
    path("tindak-lanjut/<uuid:item_id>/", item.item, name="item"),
    path("tindak-lanjut/<uuid:item_id>/mulai/", item.begin, name="begin"),
    path("tindak-lanjut/<uuid:item_id>/bukti/", item.submit, name="submit"),
    path("tindak-lanjut/<uuid:item_id>/terima/", item.verify, name="verify"),
    path("tindak-lanjut/<uuid:item_id>/tolak/", item.reject, name="reject"),
    path("tindak-lanjut/<uuid:item_id>/bebaskan/", item.waive, name="waive"),
    path("tindak-lanjut/<uuid:item_id>/buka-lagi/", item.reopen, name="reopen"),
    path("tindak-lanjut/<uuid:item_id>/ganti/", item.supersede, name="supersede"),
]
