#!/usr/bin/env python3
"""Click through the site in a real Chromium, if there is one.

    python3 tests/browser/run.py [unittest arguments]

Sets up Playwright and axe-core in the user's cache directory (once), lets `cargo test` write the made-up
site, and runs the tests beside this file. Without a Chromium it says so and ends well: TAGESBRIEF_CHROMIUM
may name one.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main():
    """Find a browser, prepare, run."""
    chromium = find_chromium()
    if not chromium:
        print("browser tests SKIPPED: no Chromium found; install it with `sudo apt-get install chromium`, "
              "or set TAGESBRIEF_CHROMIUM to one", file=sys.stderr)
        return 0
    python = prepare(cache_folder() / "browser-tests")
    environment = dict(os.environ, TAGESBRIEF_CHROMIUM=chromium, TAGESBRIEF_SITE=str(write_site()))
    command = [str(python), "-m", "unittest", "discover", "-s", str(HERE), "-p", "*_test.py", *sys.argv[1:]]
    return subprocess.run(command, env=environment, check=False).returncode


def find_chromium():
    """The browser to use, or None."""
    named = os.environ.get("TAGESBRIEF_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def cache_folder():
    """The user's cache directory for this program."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tagesbrief"


def prepare(folder):
    """A virtual environment with what requirements.txt names; the Python in it."""
    requirements = HERE / "requirements.txt"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    python, record = folder / "bin" / "python", folder / "requirements.sha256"
    if not (python.exists() and record.exists() and record.read_text() == wanted):
        print("browser tests: setting up Playwright and axe-core (60 MB, once)", file=sys.stderr)
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "-r", requirements], check=True)
        record.write_text(wanted)
    return python


def write_site():
    """The made-up site, fresh from the renderer."""
    subprocess.run(["cargo", "test", "--release", "--quiet", "--test", "render", "--",
                    "--ignored", "--exact", "site_for_the_browser"], cwd=CHECKOUT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR") or CHECKOUT / "target")
    return target / "tmp" / "site"


if __name__ == "__main__":
    sys.exit(main())
