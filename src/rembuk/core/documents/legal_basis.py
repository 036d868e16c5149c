"""The laws that decrees and village regulations recall (Mengingat) by default; each list can be edited.

Source: the frame of planning law as this program's procedure rests on it; a regency adds its own regulations.
"""

VILLAGE_LAW = (
    "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah beberapa kali diubah, terakhir dengan "
    "Undang-Undang Nomor 3 Tahun 2024 tentang Perubahan Kedua atas Undang-Undang Nomor 6 Tahun 2014 tentang Desa;"
)
VILLAGE_RULE = (
    "Peraturan Pemerintah Nomor 43 Tahun 2014 tentang Peraturan Pelaksanaan Undang-Undang Nomor 6 Tahun 2014 tentang "
    "Desa sebagaimana telah beberapa kali diubah, terakhir dengan Peraturan Pemerintah Nomor 11 Tahun 2019;"
)
PLANNING_GUIDE = "Peraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa;"
REGULATION_GUIDE = "Peraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa;"
FINANCE_GUIDE = "Peraturan Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa;"
DEVELOPMENT_GUIDE = (
    "Peraturan Menteri Desa, Pembangunan Daerah Tertinggal, dan Transmigrasi Nomor 21 Tahun 2020 tentang Pedoman Umum "
    "Pembangunan Desa dan Pemberdayaan Masyarakat Desa sebagaimana telah diubah dengan Peraturan Menteri Desa, "
    "Pembangunan Daerah Tertinggal, dan Transmigrasi Nomor 6 Tahun 2023;"
)
MEETING_RULE = (
    "Peraturan Menteri Desa, Pembangunan Daerah Tertinggal, dan Transmigrasi Nomor 16 Tahun 2019 tentang "
    "Musyawarah Desa;"
)

TEAM_DECREE_BASIS = (VILLAGE_LAW, VILLAGE_RULE, PLANNING_GUIDE, DEVELOPMENT_GUIDE)
PERDES_BASIS = (VILLAGE_LAW, VILLAGE_RULE, REGULATION_GUIDE, PLANNING_GUIDE, FINANCE_GUIDE, DEVELOPMENT_GUIDE)
RPJM_PERDES_BASIS = (VILLAGE_LAW, VILLAGE_RULE, REGULATION_GUIDE, PLANNING_GUIDE, MEETING_RULE, DEVELOPMENT_GUIDE)
