"""Run the program: `python -m rembuk COMMAND`, which is what the launcher calls."""

import sys

from rembuk.cli import main

sys.exit(main(sys.argv[1:]))
