"""Addresses of the clinic."""

from django.urls import path

from rembuk.guidance.clinic.views import asking, faq, lists, ticket

app_name = "clinic"
urlpatterns = [
    path("klinik/", lists.index, name="list"),
    path("klinik/daftar.xlsx", lists.export, name="export"),
    path("klinik/ringkasan/", lists.summary, name="summary"),
    path("klinik/tanya/", asking.ask, name="ask"),
    path("klinik/catat/", asking.log, name="log"),
    path("klinik/tanya-jawab/", faq.faq, name="faq"),
    path("klinik/tanya-jawab/<uuid:entry_id>/tarik/", faq.withdraw, name="withdraw"),
    path("klinik/<uuid:ticket_id>/", ticket.ticket, name="ticket"),
    path("klinik/<uuid:ticket_id>/ambil/", ticket.assign, name="assign"),
    path("klinik/<uuid:ticket_id>/topik/", ticket.retopic, name="retopic"),
    path("klinik/<uuid:ticket_id>/teruskan/", ticket.refer, name="refer"),
    path("klinik/<uuid:ticket_id>/jawab/", ticket.answer, name="answer"),
    path("klinik/<uuid:ticket_id>/membantu/", ticket.confirm, name="confirm"),
    path("klinik/<uuid:ticket_id>/tanya-lagi/", ticket.reopen, name="reopen"),
    path("klinik/<uuid:ticket_id>/umumkan/", ticket.promote, name="promote"),
]
