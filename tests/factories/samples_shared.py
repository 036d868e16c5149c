"""Samples of what belongs to no single room, for the walk over all routes."""

import uuid

from factories.samples import sample
from rembuk.accounts.models import Assignment
from rembuk.regions.models import Village
from rembuk.shared import files
from rembuk.shared.models import Job, Notice


@sample("notice_id", "shared:", personal=True)
def notice(_at: Village, of: Assignment) -> object:
    return Notice.objects.create(person_id_value=of.person_id, key=str(uuid.uuid4()), title="Kabar", kind="contoh").id


@sample("job_id", "shared:", personal=True)
def job(at: Village, of: Assignment) -> object:
    key = str(uuid.uuid4())
    return Job.objects.create(name="contoh", title="Contoh", key=key, asked_by=of.person_id, village_key=at.id).id


@sample("file_id", "shared:", personal=True)
def file(at: Village, of: Assignment) -> object:
    """A file of the village; whoever put it there does not matter for who may read it."""
    return files.store(b"%PDF-1.7\n%%EOF\n", name="contoh.pdf", village_id=at.id, hat=of.hat()).id


@sample("kind", "shared:trail")
def kind(_at: Village) -> object:
    return "desa"


@sample("key", "shared:trail")
def key(at: Village) -> object:
    return at.id
