"""Words of the RPJM Desa: cells of its matrix, what cannot be read in them, refusals of its steps."""

from collections.abc import Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rembuk.plans.labels import Words, column_name, problem_sentence
from rembuk.plans.typed import Problem
from rembuk.shared.wording import register

CELLS: Mapping[str, Words] = {
    "amount": _("biaya tahun"),
    "target_year": _("target tahun"),
    "total": _("jumlah biaya"),
    "indicator": _("indikator"),
    "origin_text": _("asal usulan"),
    "source": _("sumber dana"),
}
OWN_PROBLEMS: Mapping[str, Words] = {
    "outside-period": _("Tahun %(read)s di luar periode %(start)s sampai %(end)s. Tulis tahun di dalam periode."),
    "total-of-years": _(
        "Jumlah %(read)s tidak sama dengan jumlah biaya per tahun, %(sum)s. Ubah biaya tahunnya, bukan jumlahnya."
    ),
}
ORIGINS: Mapping[str, Words] = {
    "pusat": _("Pemerintah pusat"),
    "provinsi": _("Pemerintah provinsi"),
    "kabupaten": _("Pemerintah kabupaten"),
    "dprd": _("Aspirasi DPRD"),
}

SECTION_NAMES: Mapping[str, Words] = {
    "vision": _("Visi"),
    "mission": _("Misi"),
    "background": _("Latar belakang"),
    "purpose": _("Maksud dan tujuan"),
    "overview": _("Gambaran umum"),
    "history": _("Sejarah desa"),
    "geography": _("Keadaan geografis"),
    "society": _("Keadaan sosial budaya"),
    "economy": _("Keadaan ekonomi"),
    "facilities": _("Prasarana desa"),
    "government": _("Pemerintahan desa"),
    "organisation": _("Susunan organisasi dan tata kerja (SOTK)"),
    "values": _("Nilai"),
    "priorities": _("Uraian prioritas"),
    "development": _("Arah kebijakan pembangunan desa"),
    "finance": _("Arah kebijakan keuangan desa"),
    "programmes": _("Uraian program"),
    "closing": _("Kesimpulan dan harapan"),
    "considerations": _("Menimbang"),
    "legal_basis": _("Mengingat"),
    "income": _("Pendapatan"),
}
"""Texts of F18 and F19 as their forms call them, and the cells of the income."""

register(
    {
        "rpjm-not-in-work": _("RPJM Desa ini sudah ditetapkan, jadi isinya tetap. Ubah lewat Perdes Perubahan."),
        "rpjm-not-editable": _("Rancangan sedang %(state)s, jadi matriksnya tidak diubah sekarang."),
        "rpjm-cells-unreadable": _("Ada isian yang tidak terbaca. Tidak ada yang disimpan."),
        "rpjm-stale": _("Orang lain mengubah sel yang sama. Tidak ada yang disimpan."),
        "rpjm-item-key-taken": _("Baris ini milik rencana lain. Tidak ada yang berubah."),
        "rpjm-no-cycle": _("Siklus ini bukan siklus RPJM. Tidak ada yang berubah."),
        "rpjm-published": _("Tulis tanggal dan tempat atau media pengumumannya."),
        "rpjm-policy-empty": _("Daftarnya kosong. Isi barisnya, atau tulis mengapa tidak ada program yang masuk desa."),
        "rpjm-not-enacted": _("RPJM Desa ini belum ditetapkan, jadi belum ada yang disebarluaskan."),
    }
)


def cell_name(name: str) -> str:
    """Return what a cell is called; ``amount:2027`` names its year too."""
    base, _colon, year = name.partition(":")
    words = str(CELLS[base]) if base in CELLS else column_name(base)
    return f"{words} {year}" if year else words


def worded(problem: Problem) -> str:
    """Word one unreadable cell."""
    if problem.code in OWN_PROBLEMS:
        return str(OWN_PROBLEMS[problem.code]) % dict(problem.values)
    base = problem.field.partition(":")[0]
    if base in CELLS:
        known = problem_sentence(problem.code, base, problem.values)
        return known.replace(base, cell_name(problem.field), 1) if base in known else known
    return problem_sentence(problem.code, base, problem.values) or _now("Isian tidak terbaca.")


def text_problem(problem: Problem) -> str:
    """Word what cannot be read in a text or in a cell of the income; ``income:DDS 2027`` names source and year."""
    base, _colon, rest = problem.field.partition(":")
    name = f"{SECTION_NAMES[base]} {rest}".strip()
    return problem_sentence(problem.code, base, {**problem.values, "field": name})
