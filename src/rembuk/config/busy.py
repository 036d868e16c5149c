"""What somebody reads whom a full server sends away: small pages in both languages, made without a database."""

WAIT_SECONDS = 20

_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Rembuk</title></head><body>
<h1>{title}</h1>
{words}
</body></html>
"""
_BUSY = """<p>Banyak orang membuka Rembuk pada saat yang sama. Permintaan ini belum diproses.</p>
<p><b>Yang sudah tersimpan tetap aman.</b> Tunggu {seconds} detik, lalu muat ulang halaman ini. Isian yang baru saja
dikirim ikut terkirim lagi dan tidak tercatat dua kali.</p>
<p lang="en">Rembuk is busy. This request was not begun and what was saved is safe. Wait {seconds} seconds, then reload
this page: what you were sending is sent again and is not recorded twice.</p>"""
_LARGE = """<p>Kiriman ini terlalu besar dan tidak disimpan. Kembali, lalu pilih foto atau berkas yang lebih kecil.</p>
<p lang="en">This is too large and was not saved. Go back and choose a smaller file.</p>"""
_BROKEN = """<p>Halaman ini gagal dibuat. Yang sudah tersimpan tetap aman. Coba lagi sebentar lagi.</p>
<p lang="en">This page could not be made. What was saved is safe. Try again in a while.</p>"""

HEADERS = (
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'"),
    ("x-content-type-options", "nosniff"),
)
BUSY_HEADERS = (*HEADERS, ("retry-after", str(WAIT_SECONDS)))
BUSY = _PAGE.format(title="Sedang ramai", words=_BUSY.format(seconds=WAIT_SECONDS)).encode()
TOO_LARGE = _PAGE.format(title="Terlalu besar", words=_LARGE).encode()
BROKEN = _PAGE.format(title="Belum bisa", words=_BROKEN).encode()
