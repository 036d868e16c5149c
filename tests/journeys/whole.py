"""What the whole road asks beyond the roads of its two plans: real papers, a second version, a budget, works.

Everything is done by the service that every door calls; the only rows written by hand are people.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import openpyxl
import pikepdf

from factories import people
from journeys.road import COST, WISHES, noon
from journeys.test_rpjm_road import RpjmRoad
from rembuk.budgeting import services as budgets
from rembuk.budgeting.models import ApbdesVersion, Handoff
from rembuk.core.hat import Role
from rembuk.core.money import Rupiah
from rembuk.cycles import services as cycles
from rembuk.cycles.models import Cycle
from rembuk.funding import services as funding
from rembuk.plans.models import RkpdesItem, RkpdesVersion, RpjmdesItem
from rembuk.plans.queries import version_in_force
from rembuk.shared import files
from rembuk.shared.models import StoredFile
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.trail.testing import setting_up
from rembuk.works import services as works
from rembuk.works.models import Work
from rembuk.works.services import ClosingValues, PaymentValues, ProgressValues, Uploaded
from works.given import photo

BPD_STAGES = ("R4", "R9", "K1", "K11")
FIELDS = {"1": "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "2": "BIDANG PELAKSANAAN PEMBANGUNAN DESA"}
BudgetLine = tuple[str, str, str, int, str]
"""Code, name, place, amount in rupiah, source."""
SISKEUDES = ("Kode", "Uraian", "Lokasi", "Anggaran", "Sumber Dana")


@dataclass
class WholeRoad(RpjmRoad):
    """One village from a new head to the evaluation.

    rpjm_cycle: the one that made its RPJM Desa; following: the one in which the year is looked back on.
    """

    rpjm_cycle: Cycle = field(init=False)
    following: Cycle = field(init=False)

    def settle(self) -> None:
        super().settle()
        with setting_up():
            for role in (Role.KAU, Role.TPK):
                self.people[role] = people.holder(role, self.village)

    def complete(self, stage: str) -> None:
        by = Role.BPD if stage in BPD_STAGES else Role.KAD
        cycles.complete_stage(cycle_id=self.cycle.pk, stage=stage, done_date=self.day, actor=self.hat(by), at=self.at)
        cycles.confirm_stage(cycle_id=self.cycle.pk, stage=stage, actor=self.hat(Role.STF), at=self.at)

    def paper(self, name: str) -> StoredFile:
        """Return a scan of one page that says what it is, so that it can be found again in the bundle."""
        words = f"Salinan {name} {self.day.isoformat()}"
        return files.store(scanned(words), name=f"{name}.pdf", village_id=self.village.id, hat=self.hat(Role.SDK))

    def set_cells(self, item: RpjmdesItem, **cells: str) -> None:
        """Plan the first three wishes for the year of the first RKP Desa as well."""
        if item.name in first_wishes():
            cells[f"amount_y{self.yearly.budget_year + 1}"] = f"{COST:,}".replace(",", ".")
        super().set_cells(item, **cells)

    def begin_rkp(self, plan_year: int) -> None:
        """Let the regency open the cycle of the first RKP Desa under the new RPJM Desa."""
        self.year = plan_year
        self.cycle = cycles.open_cycle(village=self.village, plan_year=plan_year, actor=self.hat(Role.STF), at=self.at)

    def in_force(self) -> RkpdesVersion:
        found = version_in_force(self.cycle.pk)
        assert found is not None
        return found

    # the ceiling that falls

    def final_ceiling(self, amount: int, letter: str) -> None:
        """Bring the regency's final letter into force."""
        funding.revise_ceilings(
            village=self.village,
            budget_year=self.cycle.budget_year,
            lines=[funding.Line("DDS", Rupiah(amount))],
            letter=funding.Letter(letter, self.day, self.day, self.paper("Surat pagu final")),
            actor=self.hat(Role.STF),
            at=self.at,
            final=True,
        )
        self.issue_ceilings()

    def item(self, plan: RkpdesVersion, name: str) -> RkpdesItem:
        return plan.items.get(name=name)

    # the budget

    def exported(self, handoff: Handoff) -> list[dict[str, object]]:
        """Return the rows of the hand-over file as a person reads them in the sheet."""
        book = openpyxl.load_workbook(io.BytesIO(files.read(handoff.file)))
        head, *rows = book["Kegiatan"].iter_rows(values_only=True)
        return [dict(zip([str(name) for name in head], row, strict=True)) for row in rows]

    def bring_budget(self, lines: Sequence[BudgetLine], name: str) -> ApbdesVersion:
        """Bring the budget in as an XLSX of the village's bookkeeping."""
        batch = budgets.upload_apbdes(
            cycle_id=self.cycle.pk, content=bookkeeping(lines), name=name, actor=self.hat(Role.SDK), at=self.at
        )
        return budgets.save_apbdes(import_id=batch.pk, actor=self.hat(Role.SDK), at=self.at)

    # the works

    def see(self, work: Work, percent: int) -> None:
        """Report how far a work is, with a photo, as those who build it."""
        shot = Uploaded(photo(), f"foto-{percent}.jpg")
        works.report(
            work_id=work.pk,
            progress_id=uuid4(),
            values=ProgressValues(seen_date=self.day.isoformat(), percent=str(percent), photo=shot),
            actor=self.hat(Role.TPK),
            at=self.at,
        )

    def pay(self, work: Work, amount: str) -> None:
        values = PaymentValues(paid_date=self.day.isoformat(), source="DDS", amount=amount)
        works.pay(work_id=work.pk, payment_id=uuid4(), values=values, actor=self.hat(Role.KAU), at=self.at)

    def close(self, work: Work, **said: str) -> Work:
        """Close a work; without what is *said* there are neither minutes nor a keeper."""
        file = Uploaded(scanned(f"Berita acara serah terima {work.name}"), "bast.pdf") if said else None
        values = ClosingValues(**said, file=file)
        return works.close_work(work_id=work.pk, values=values, actor=self.hat(Role.SDK), at=self.at)


def at_first(village: object) -> WholeRoad:
    """Return the village in the summer before its new head, with people, hamlets and a cycle for proposals."""
    made = WholeRoad(village, 2026, date(2026, 8, 3), noon)  # type: ignore[arg-type]
    made.settle()
    return made


def first_wishes() -> list[str]:
    """Return the wishes that the first ceiling pays for."""
    return [title for _hamlet, title, _code, _points in WISHES[:3]]


def bookkeeping(lines: Sequence[BudgetLine]) -> bytes:
    """Return a budget as bookkeepers keep it: title, headings, bidang, activities, the sum below."""
    rows: list[tuple[str | int | None, ...]] = []
    for code, name, place, amount, source in sorted(lines):
        heading = (code[0] + ".", FIELDS[code[0]], "", None, "")
        if heading not in rows:
            rows.append(heading)
        rows.append((code, name, place, amount, source))
    rows.append(("", "JUMLAH BELANJA", "", sum(line[3] for line in lines), ""))
    return xlsx_bytes([("APB Desa", SISKEUDES, rows)])


def scanned(words: str) -> bytes:
    """Return a PDF of one page that shows *words*."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 72 700 Td ({words}) Tj ET".encode("latin-1"))
        pdf.save(out)
    return out.getvalue()
