"""Places for tests: a small regency of our own making, so that a test sees all that is there.

64.02 Kutai Kartanegara (made small)
  64.02.18 Muara Wis: 64.02.18.2003 Melintang (MLT), 64.02.18.2004 Enggelam (EGL)
  64.02.01 Muara Muntai: 64.02.01.2001 Perian (PRA)
64.03 the neighbour: 64.03.01, 64.03.01.2001 Merancang (MRC)
"""

from rembuk.regions.models import District, Hamlet, Regency, Rt, Village


def regency(code: str = "64.02", name: str = "Kabupaten Kutai Kartanegara") -> Regency:
    return Regency.objects.get_or_create(code=code, defaults={"name": name, "province_name": "Kalimantan Timur"})[0]


def district(code: str = "64.02.18", name: str = "Muara Wis") -> District:
    return District.objects.get_or_create(code=code, defaults={"name": name, "regency": regency(code[:5])})[0]


def village(code: str = "64.02.18.2003", name: str = "Melintang", prefix: str = "MLT") -> Village:
    found = Village.objects.filter(pk=code).first()
    if found is not None:
        return found
    lies_in = district(code[:8], _DISTRICTS.get(code[:8], f"Kecamatan {code[:8]}"))
    return Village.objects.create(
        id=code, code=code, name=name, district=lies_in, regency_id=lies_in.regency_id, number_prefix=prefix
    )


_DISTRICTS = {"64.02.18": "Muara Wis", "64.02.01": "Muara Muntai", "64.03.01": "Kelay"}


def melintang() -> Village:
    return village()


def enggelam() -> Village:
    """Another village of the same district."""
    return village("64.02.18.2004", "Enggelam", "EGL")


def perian() -> Village:
    """A village of another district of the same regency."""
    return village("64.02.01.2001", "Perian", "PRA")


def merancang() -> Village:
    """A village of another regency."""
    regency("64.03", "Kabupaten Berau")
    return village("64.03.01.2001", "Merancang", "MRC")


def hamlet(of: Village | None = None, name: str = "Dusun I", order: int = 1) -> Hamlet:
    return Hamlet.objects.get_or_create(village=of or melintang(), name=name, defaults={"order": order})[0]


def rt(of: Hamlet | None = None, number: str = "01") -> Rt:
    lies_in = of or hamlet()
    return Rt.objects.get_or_create(village=lies_in.village, number=number, defaults={"hamlet": lies_in})[0]
