"""Names of the roles for people; the codes are those of `core.hat.Role`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Role

ROLE_NAMES: Mapping[Role, str | Promise] = {
    Role.BUP: _("Bupati"),
    Role.SEK: _("Sekda atau Asisten Pemerintahan"),
    Role.KDP: _("Kepala DPMD"),
    Role.KBD: _("Kepala Bidang DPMD"),
    Role.STF: _("Staf DPMD"),
    Role.TRN: _("Pelatih"),
    Role.BAP: _("Bappeda"),
    Role.BPK: _("BPKAD"),
    Role.INS: _("Inspektorat"),
    Role.HKM: _("Bagian Hukum"),
    Role.OPD: _("Perangkat daerah teknis"),
    Role.CAM: _("Camat"),
    Role.PTP: _("Tim pembina teknis kecamatan (PTPD)"),
    Role.TVK: _("Tim verifikasi kecamatan"),
    Role.TAP: _("Tenaga ahli pendamping (TAPM)"),
    Role.PDK: _("Pendamping desa"),
    Role.PLD: _("Pendamping lokal desa"),
    Role.PDA: _("Pendamping daerah"),
    Role.KAD: _("Kepala desa"),
    Role.SDK: _("Sekretaris desa"),
    Role.KAU: _("Kaur atau kasi"),
    Role.TIM: _("Tim penyusun"),
    Role.VRF: _("Tim verifikasi desa"),
    Role.TPK: _("Pelaksana kegiatan"),
    Role.BPD: _("BPD"),
    Role.LKD: _("Lembaga kemasyarakatan desa"),
    Role.RTK: _("Ketua RT"),
    Role.KPMD: _("Kader pemberdayaan (KPMD)"),
    Role.FAS: _("Pemandu musyawarah"),
    Role.WGA: _("Warga"),
    Role.DPR: _("Anggota DPRD"),
    Role.PRV: _("DPMPD Provinsi"),
    Role.AUD: _("Auditor atau peneliti"),
    Role.ADM: _("Administrator"),
}


def role_name(role: str) -> str:
    """Return the name of a role code; an unknown code names itself."""
    return str(ROLE_NAMES[Role(role)]) if role in Role.__members__ else role
