"""Addresses of the assessment."""

from django.urls import path, register_converter

from rembuk.assessment.views import (
    data,
    entries,
    institutions,
    overview,
    ranking,
    report,
    seasons,
    sketches,
    studies,
    trees,
)


class WordsConverter:
    """Codes as people read them in an address."""

    words: dict[str, str] = {}
    regex = "[a-z]+"

    def to_python(self, value: str) -> str:
        for code, word in self.words.items():
            if word == value:
                return code
        raise ValueError(value)

    def to_url(self, value: str) -> str:
        return self.words[value]


class SectionConverter(WordsConverter):
    """One of the four lists of village data."""

    words = data.SLUGS


class KindConverter(WordsConverter):
    """Problem or potential."""

    words = {"problem": "masalah", "potential": "potensi"}


class LadderConverter(WordsConverter):
    """What is ranked."""

    words = {"problem": "masalah", "action": "tindakan"}


register_converter(SectionConverter, "daftar")
register_converter(KindConverter, "jenis_catatan")
register_converter(LadderConverter, "jenis_peringkat")

app_name = "assessment"
urlpatterns = [
    path("pkd/", overview.index, name="list"),
    path("pkd/buka/", overview.new, name="open"),
    path("pkd/<uuid:assessment_id>/", overview.detail, name="detail"),
    path("pkd/<uuid:assessment_id>/data/<daftar:section>/", data.data, name="data"),
    path("pkd/<uuid:assessment_id>/data/<daftar:section>/simpan/", data.save, name="save_data"),
    path("pkd/<uuid:assessment_id>/data/<daftar:section>/salin/", data.copy, name="copy_data"),
    path("pkd/<uuid:assessment_id>/data/<daftar:section>/sahkan/", data.file, name="file_data"),
    path("pkd/<uuid:assessment_id>/sketsa/", sketches.index, name="sketches"),
    path("pkd/<uuid:assessment_id>/sketsa/baru/", sketches.add, name="add_sketch"),
    path("pkd/sketsa/<uuid:sketch_id>/", sketches.one, name="sketch"),
    path("pkd/sketsa/<uuid:sketch_id>/hapus/", sketches.remove, name="remove_sketch"),
    path("pkd/<uuid:assessment_id>/catatan/", entries.add, name="add_entry"),
    path("pkd/catatan/<uuid:entry_id>/", entries.edit, name="entry"),
    path("pkd/catatan/<uuid:entry_id>/hapus/", entries.remove, name="remove_entry"),
    path("pkd/<uuid:assessment_id>/inventaris/<jenis_catatan:kind>/", entries.index, name="inventory"),
    path("pkd/<uuid:assessment_id>/kalender/", seasons.index, name="seasons"),
    path("pkd/<uuid:assessment_id>/kalender/musim/", seasons.months, name="months"),
    path("pkd/kalender/<uuid:entry_id>/tanda/", seasons.mark, name="mark"),
    path("pkd/<uuid:assessment_id>/lembaga/", institutions.index, name="institutions"),
    path("pkd/<uuid:assessment_id>/lembaga/baru/", institutions.add, name="add_institution"),
    path("pkd/lembaga/<uuid:institution_id>/", institutions.edit, name="institution"),
    path("pkd/lembaga/<uuid:institution_id>/hapus/", institutions.remove, name="remove_institution"),
    path("pkd/<uuid:assessment_id>/pohon/", trees.index, name="trees"),
    path("pkd/<uuid:assessment_id>/pohon/baru/", trees.add, name="add_tree"),
    path("pkd/pohon/<uuid:tree_id>/", trees.one, name="tree"),
    path("pkd/pohon/<uuid:tree_id>/simpan/", trees.save, name="save_tree"),
    path("pkd/pohon/<uuid:tree_id>/hapus/", trees.remove, name="remove_tree"),
    path("pkd/<uuid:assessment_id>/kajian/", studies.index, name="studies"),
    path("pkd/kajian/<uuid:entry_id>/", studies.one, name="study"),
    path("pkd/kajian/<uuid:entry_id>/simpan/", studies.save, name="save_study"),
    path("pkd/kajian/<uuid:entry_id>/tindakan/", studies.add_action, name="add_action"),
    path("pkd/tindakan/<uuid:action_id>/", studies.save_action, name="save_action"),
    path("pkd/tindakan/<uuid:action_id>/hapus/", studies.remove_action, name="remove_action"),
    path("pkd/<uuid:assessment_id>/peringkat/<jenis_peringkat:what>/", ranking.index, name="ranking"),
    path("pkd/<uuid:assessment_id>/peringkat/<jenis_peringkat:what>/nilai/", ranking.score, name="score"),
    path("pkd/<uuid:assessment_id>/laporan/", report.index, name="report"),
    path("pkd/<uuid:assessment_id>/laporan/naskah/", report.write, name="write_report"),
    path("pkd/<uuid:assessment_id>/laporan/serahkan/", report.deliver, name="deliver"),
    path("pkd/<uuid:assessment_id>/laporan/buka-lagi/", report.reopen, name="reopen"),
]
