"""Public addresses."""

from django.urls import path

from rembuk.portal.views import data, feeds, front, parts, photos, poster, regency, search, short, village

app_name = "portal"
urlpatterns = [
    path("", front.front, name="front"),
    path("cari/", search.search, name="search"),
    path("d/<str:code>/", short.village, name="short"),
    path("desa/<str:code>/", village.village, name="village"),
    path("desa/<str:code>/rencana/", parts.plan, name="plan"),
    path("desa/<str:code>/hasil/", parts.works, name="works"),
    path("desa/<str:code>/foto/<uuid:progress_id>/", photos.photo, name="photo"),
    path("desa/<str:code>/musyawarah/", parts.meetings, name="meetings"),
    path("desa/<str:code>/usulan/", parts.proposals, name="proposals"),
    path("desa/<str:code>/usulan.<str:kind>", parts.proposals_file, name="proposals_file"),
    path("desa/<str:code>/pengumuman/", parts.announcements, name="announcements"),
    path("desa/<str:code>/dokumen/", parts.documents, name="documents"),
    path("desa/<str:code>/tahun/", parts.years, name="years"),
    path("desa/<str:code>/papan/", poster.poster, name="poster"),
    path("desa/<str:code>/kabar.atom", feeds.village_news, name="village_news"),
    path("desa/<str:code>/musyawarah.ics", feeds.village_calendar, name="village_calendar"),
    path("kabupaten/<str:regency>/", regency.regency, name="regency"),
    path("kabupaten/<str:regency>/desa.csv", regency.regency_file, name="regency_file"),
    path("kabupaten/<str:regency>/kabar.atom", feeds.regency_news, name="regency_news"),
    path("kabupaten/<str:regency>/musyawarah.ics", feeds.regency_calendar, name="regency_calendar"),
    path("data-terbuka/", data.dictionary, name="data"),
    path("data-terbuka/<str:regency>/<int:year>/<str:table>.<str:kind>", data.table, name="table"),
]
