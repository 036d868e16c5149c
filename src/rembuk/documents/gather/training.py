"""The certificate of a training with its signed facts as a QR."""

import base64
import io

import segno
from django.urls import reverse

from rembuk.core.documents.certificate import CertificateValues
from rembuk.core.documents.frame import Frame, VillageHeading
from rembuk.core.errors import RefusedError
from rembuk.guidance.training.models import Certificate
from rembuk.guidance.training.queries import certificate_by_id, rules_of
from rembuk.plans.paper_values import bare
from rembuk.shared.roles import role_name


def certificate(key: str) -> CertificateValues:
    """Return the values of a signed certificate. Raises: Certificate.DoesNotExist; RefusedError before it is signed."""
    row = certificate_by_id(key)
    if row.issued_date is None:
        raise RefusedError("certificate-not-signed")
    regency, enrolment = row.regency, row.enrolment
    name = bare(regency.name, "Kabupaten ", "Kota ")
    frame = Frame(
        village=VillageHeading(
            enrolment.village.name if enrolment.village else "",
            bare(enrolment.district.name, "Kecamatan ", "Distrik ") if enrolment.district else "",
            name,
            regency.province_name,
        ),
        dated=row.issued_date,
        place=str(regency.settings.get("seat", name)),
        number=row.number,
        sample=regency.sample,
    )
    return CertificateValues(
        frame=frame,
        passed=row.kind == Certificate.Kind.CERTIFICATE,
        number=row.number,
        name=row.name,
        office=f"{role_name(enrolment.role)}, {enrolment.from_where}",
        title=row.title,
        jp=row.jp,
        jp_minutes=rules_of(regency).jp_minutes,
        start=row.start_date,
        end=row.end_date,
        valid_until=row.valid_until,
        topics=tuple(row.topics),
        code=row.code,
        qr=qr_png(row.signed_text),
        letterhead=(f"Pemerintah {regency.name}", "Dinas Pemberdayaan Masyarakat dan Desa"),
        signer_name=row.signer_name,
        signer_office=row.signer_office,
        check_address=reverse("training:check"),
    )


def qr_png(text: str) -> str:
    """Return the QR of *text* as PNG in base64."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=4, border=2)
    return base64.b64encode(picture.getvalue()).decode()
