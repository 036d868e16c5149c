"""No table of a room is forgotten: the trail covers it, or it stands here with its reason."""

from django.apps import apps
from django.db import models

from rembuk.shared.trail.audited import audited_tables

WITHOUT_TRAIL = {
    "shared.TrailEntry": "is the trail",
    "shared.TrailPersonal": "is the trail",
    "shared.TrailSeal": "is the trail",
    "shared.Notice": "a message, no decision",
    "shared.Job": "progress of work whose writes have their own trail",
    "shared.WorkerLease": "a sign of life every five seconds",
    "proposals.NumberSeries": "a counter; the numbers stand in the trail of the proposals",
    "proposals.AddressCount": "counts how often one address used a public door, holds no decision",
    "documents.CycleBundle": "a printed copy; its papers and its file stand in the trail",
    "documents.BundlePart": "progress of an order that stands in the trail itself",
    "regions.VillageScore": "published figures, loaded by a command that leaves its own trail",
}
WITHOUT_TRAIL |= {
    "training.BankItem": "a question; what is kept of a sitting stands in its frozen set",
    "training.BatchTestPart": "which question set a test holds, frozen with the test, which is in the trail",
    "training.SigningKey": "a secret; who made certificates with it stands in their trail",
    "training.Reaction": "anonymous by promise: no trail may tell who wrote it",
}
WITHOUT_TRAIL |= {
    "programme.ActivityTarget": "up to a whole regency of rows; the activity's own row keeps them in words and number",
}
WITHOUT_TRAIL |= {
    "offline.ServerKey": "a secret; its making and its replacement leave a row of their own",
    "offline.Part": "pieces of a photo whose envelope, which names them, is in the trail",
    "hall.BallotBox": "the secret of the vote: successive versions would tell which slip cast which ballot",
    "hall.SlipGiven": "the secret of the vote: who has a slip, whose order a trail would keep",
}
PERSONAL_WORDS = ("phone", "email", "contact", "nik")


def models_of_rooms() -> dict[str, type[models.Model]]:
    return {
        model._meta.label: model for model in apps.get_models() if model._meta.app_config.name.startswith("rembuk.")
    }


def test_every_table_is_in_the_trail_or_says_why_not() -> None:
    covered = {rule.model._meta.label for rule in audited_tables()}
    assert sorted(set(models_of_rooms()) - covered - set(WITHOUT_TRAIL)) == []


def test_nothing_is_excused_that_is_covered_or_gone() -> None:
    covered = {rule.model._meta.label for rule in audited_tables()}
    assert sorted(covered & set(WITHOUT_TRAIL)) == []
    assert sorted(set(WITHOUT_TRAIL) - set(models_of_rooms())) == []


def test_no_phone_or_address_stands_in_the_trail_in_clear() -> None:
    bare = [
        f"{rule.table}.{field.column}"
        for rule in audited_tables()
        for field in rule.model._meta.local_concrete_fields
        if any(word in field.name.split("_") for word in PERSONAL_WORDS)
        and field.column not in (*rule.personal, *rule.ignore)
    ]
    assert bare == []


def test_every_column_of_the_trail_has_a_word() -> None:
    from rembuk.shared.trail import words
    from rembuk.shared.trail.columns import COLUMNS

    told = COLUMNS.keys() | words._columns.keys() | {"id"}
    bare = {
        f"{rule.model.__name__}.{field.name}"
        for rule in audited_tables()
        for field in rule.model._meta.concrete_fields
        if field.column not in rule.ignore and field.name not in told
    }
    assert bare == set()
