"""The child process that typesets one paper: a job as JSON on stdin, the PDF on stdout, one line of reason on stderr.

Typst keeps all it ever allocated until its process ends, so that every paper gets a process of its own.
"""

import json
import sys
from pathlib import Path

TEMPLATE = Path(__file__).with_name("document.typ")


def limit(megabytes: int, seconds: int) -> None:
    """Bound memory and CPU of this process where the system knows how to (not on Windows)."""
    try:
        import resource  # only POSIX has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Typeset the job on stdin. Returns 0, or 1 when Typst refused it."""
    job = json.loads(sys.stdin.buffer.read())
    limit(job["megabytes"], job["seconds"])
    import typst  # after the limits, so that its threads obey them

    try:
        made = typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=job["fonts"],
            ignore_system_fonts=True,
            sys_inputs={"bundle": job["bundle"]},
            pdf_standards=job["standards"],
            pdf_tags=job["tags"],
            timestamp=job["timestamp"],
        )
    except typst.TypstError as error:
        sys.stderr.write(" ".join(str(error).split()))
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
