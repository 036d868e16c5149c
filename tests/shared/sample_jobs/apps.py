"""The job: writes its process id, then waits for ever in its first life and ends in its second."""

import os
import time
from pathlib import Path

from django.apps import AppConfig


class SampleJobsConfig(AppConfig):
    """Registers the job ``samples.write``."""

    name = "shared.sample_jobs"
    label = "sample_jobs"

    def ready(self) -> None:
        from rembuk.shared import jobs

        jobs.register("samples.write", write)


def write(run):
    folder = Path(run.payload["folder"])
    run.progress(1, 2)
    first = not (folder / "first").exists()
    (folder / ("first" if first else "second")).write_text(str(os.getpid()), encoding="ascii")
    while first:
        time.sleep(0.05)
    return {"sentence": "Selesai."}
