#!/usr/bin/env python3
"""rate.py FOLDER < requests.jsonl: how many of the requests @cloud-copilot/iam-simulate decides in a second, and how many it
allows. FOLDER is for its modules, which npm brings. Exit code 77: there is no npm, or no network.
"""

import pathlib
import subprocess
import sys

import compare

folder = pathlib.Path(sys.argv[1]).resolve()
compare.install(folder)
sys.exit(subprocess.run(["node", compare.HERE / "peer.mjs", folder / "node_modules", "rate"]).returncode)
