"""The trail's own tables: entries, the erasable personal values, the seals."""

from django.db import models


class TrailEntry(models.Model):
    """One change of one row of an audited table, written by a trigger.

    *before* and *after* hold the changed columns as JSON; personal columns appear only as salted digests, whose salt
    and value lie in TrailPersonal and can be erased lawfully without breaking the chain.
    """

    id = models.BigAutoField(primary_key=True)
    table_name = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    operation = models.CharField(max_length=6)
    act = models.CharField(max_length=80)
    person = models.CharField(max_length=36, blank=True)
    hat = models.CharField(max_length=120, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    regency = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        db_table = "trail_entry"
        indexes = [models.Index(fields=("table_name", "object_id", "id"), name="trail_of_an_object")]

    def __str__(self) -> str:
        return f"{self.act} {self.table_name} {self.object_id}"


class TrailPersonal(models.Model):
    """A personal value that a trail entry refers to by digest; deleting this row erases value and salt."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, db_index=True)
    table_name = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    column_name = models.CharField(max_length=80)
    salt = models.CharField(max_length=32)
    value = models.TextField()

    class Meta:
        db_table = "trail_personal"
        indexes = [models.Index(fields=("table_name", "object_id"), name="trail_personal_of_object")]

    def __str__(self) -> str:
        return f"{self.table_name} {self.object_id} {self.column_name}"


class TrailSeal(models.Model):
    """SHA-256 over the previous seal and one entry, numbered per regency in the order the sealer found entries."""

    id = models.BigAutoField(primary_key=True)
    regency = models.CharField(max_length=10)
    number = models.BigIntegerField()
    entry = models.OneToOneField(TrailEntry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "trail_seal"
        constraints = [models.UniqueConstraint(fields=("regency", "number"), name="seal_numbers_are_unique")]
        indexes = [models.Index(fields=("at",), name="trail_seal_by_time")]

    def __str__(self) -> str:
        return f"{self.regency} {self.number}"
