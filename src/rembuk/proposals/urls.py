"""Addresses of proposals."""

from django.urls import path, register_converter

from rembuk.proposals.views import (
    acts,
    detail,
    form,
    grid,
    helping,
    ideas,
    imports,
    lists,
    looking,
    public,
    residents,
    supporting,
)


class NumberConverter:
    """A public number as people write it: ``MLT-27-0418``, in either case."""

    regex = "[A-Za-z]{2,5}-[0-9]{2}-[0-9]{4,6}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "nomor")

app_name = "proposals"
urlpatterns = [
    path("usulan/", lists.index, name="list"),
    path("usulan/unduh.<str:kind>", lists.export, name="export"),
    path("usulan/rak/", lists.shelf, name="shelf"),
    path("usulan/baru/", form.new, name="new"),
    path("usulan/bantu/kode/", helping.codes, name="codes"),
    path("usulan/bantu/mirip/", helping.similar, name="similar"),
    path("usulan/bantu/wewenang/", helping.authority, name="authority"),
    path("usulan/bantu/biaya/", helping.money, name="money"),
    path("usulan/ketik/", grid.grid, name="grid"),
    path("usulan/gagasan/<uuid:assessment_id>/", ideas.ideas, name="ideas"),
    path("usulan/gagasan/<uuid:assessment_id>/catat/", ideas.record, name="record_ideas"),
    path("usulan/gagasan/tindakan/<uuid:action_id>/", ideas.from_action, name="from_action"),
    path("usulan/warga/", looking.queue, name="queue"),
    path("usulan/warga/unduh.<str:kind>", looking.queue_export, name="queue_export"),
    path("usulan/warga/<nomor:number>/", looking.look, name="look"),
    path("usulan/warga/<nomor:number>/tolak/", looking.reject, name="reject_abuse"),
    path("usulan/impor/", imports.imports, name="imports"),
    path("usulan/impor/contoh.xlsx", imports.template, name="import_template"),
    path("usulan/impor/<uuid:batch_id>/", imports.batch, name="import_batch"),
    path("usulan/impor/<uuid:batch_id>/lembar/", imports.other_sheet, name="import_sheet"),
    path("usulan/impor/<uuid:batch_id>/ditolak.xlsx", imports.refused_rows, name="import_refused"),
    path("usulan/draf/<uuid:proposal_id>/", form.draft, name="draft"),
    path("usulan/draf/<uuid:proposal_id>/ketikan/", form.autosave, name="autosave"),
    path("usulan/draf/<uuid:proposal_id>/hapus/", form.discard, name="discard"),
    path("usulan/<nomor:number>/", detail.detail, name="detail"),
    path("usulan/<nomor:number>/ubah/", form.edit, name="edit"),
    path("usulan/<nomor:number>/periksa/", acts.check, name="check"),
    path("usulan/<nomor:number>/kembalikan/", acts.give_back, name="give_back"),
    path("usulan/<nomor:number>/lapangan/", acts.field_check, name="field_check"),
    path("usulan/<nomor:number>/kode/", acts.confirm_code, name="confirm_code"),
    path("usulan/<nomor:number>/wewenang/", acts.set_authority, name="set_authority"),
    path("usulan/<nomor:number>/saringan/", acts.set_prefilter, name="set_prefilter"),
    path("usulan/<nomor:number>/bahas/", acts.discuss, name="discuss"),
    path("usulan/<nomor:number>/teruskan/", acts.forward, name="forward"),
    path("usulan/<nomor:number>/tolak/", acts.decline, name="decline"),
    path("usulan/<nomor:number>/simpan/", acts.shelve, name="shelve"),
    path("usulan/<nomor:number>/keluarkan/", acts.drop, name="drop"),
    path("usulan/<nomor:number>/tarik/", acts.withdraw, name="withdraw"),
    path("usulan/<nomor:number>/gabung/", acts.merge, name="merge"),
    path("usulan/<nomor:number>/pisah/", acts.unmerge, name="unmerge"),
    path("usulan/<nomor:number>/tanda-terima/", acts.receipt, name="receipt"),
    path("usulan/<nomor:number>/foto/", acts.photo, name="photo"),
    path("usulan/<nomor:number>/foto/<uuid:photo_id>/lepas/", acts.remove_photo, name="remove_photo"),
    path("usulan/<nomor:number>/foto/<uuid:photo_id>/tampil/", looking.photo, name="photo_look"),
    path("usulan/<nomor:number>/tampil/", looking.showing, name="showing"),
    path("usulan/<nomor:number>/ajukan-lagi/", lists.carry, name="carry"),
    path("usulan/<nomor:number>/kabar/", looking.news, name="news"),
    path("usulan/<nomor:number>/dukungan/musyawarah/", supporting.count, name="count_support"),
    path("usulan/<nomor:number>/dukungan/daftar/", supporting.signed_list, name="list_support"),
    path("desa/<str:code>/usul/", residents.new, name="public-new"),
    path("desa/<str:code>/usul/mirip/", residents.similar, name="public-similar"),
    path("desa/<str:code>/usul/kertas/", residents.paper, name="public-paper"),
    path("u/<nomor:number>/dukung/", supporting.support, name="support"),
    path("u/<nomor:number>/foto/<uuid:photo_id>/", residents.photo, name="public-photo"),
    path("lacak/", public.track, name="track"),
    path("u/<nomor:number>/", public.public, name="public"),
]
