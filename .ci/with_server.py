"""Run a command against an embedded server that exists for it alone: its address is in KB_DATABASE_URL.

usage: with_server.py COMMAND [ARGUMENT...]
"""

from __future__ import annotations

import os
import subprocess
import sys

from etl import server

with server.throwaway(server.embedded_bin_dir()) as running:
    result = subprocess.run(sys.argv[1:], env={**os.environ, "KB_DATABASE_URL": running.url()}, check=False)
raise SystemExit(result.returncode)
