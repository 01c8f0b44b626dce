#!/usr/bin/env python3
"""Hold the exported TMX and XLIFF against the standards' own schemas, with xmllint.

    python3 tests/exchange/run.py [FILE.tmx | FILE.xlf ...]

Without files, `cargo test` writes those of an invented day whose articles try to be markup. The schemas are
taken from Debian's packages, into the user's cache directory (once, without installing anything):
LISA's DTD of TMX 1.4b from omegat, OASIS's core schema of XLIFF 2.0 from php-symfony-translation. That of 2.1,
which no package has, names the same elements, attributes and values; it only narrows srcLang and trgLang to
language tags, which is checked here. Where xmllint or the packages cannot be had, the check says so and ends well.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
XSD = "usr/share/php/Symfony/Component/Translation/Resources/schemas"
JAR = "usr/share/omegat/OmegaT.jar"
XML_NAMESPACE = "informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


def main():
    """Find the tool and the schemas, check every file."""
    if not shutil.which("xmllint"):
        return skip("no xmllint found; install it with `sudo apt-get install libxml2-utils`")
    try:
        schemas = prepare(cache_folder() / "exchange-schemas")
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        return skip(f"the schemas cannot be had from Debian's packages ({error})")
    files = [Path(name) for name in sys.argv[1:]] or write_files()
    faults = [fault for file in files for fault in check(file, schemas)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"exchange: {len(files)} files held against their schemas, {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


def skip(why):
    """Say so and end well."""
    print(f"exchange schemas SKIPPED: {why}", file=sys.stderr)
    return 0


def cache_folder():
    """The user's cache directory for this program."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tagesbrief"


def prepare(folder):
    """The schemas, fetched if they are not there yet."""
    dtd, xsd = folder / "tmx14.dtd", folder / "xliff_core_2.0.xsd"
    if not (dtd.exists() and xsd.exists()):
        with tempfile.TemporaryDirectory() as scratch:
            unpacked = Path(scratch)
            for package in ("omegat", "php-symfony-translation"):
                run(["apt-get", "download", package], cwd=scratch)
            for archive in unpacked.glob("*.deb"):
                run(["dpkg-deb", "-x", archive, scratch])
            (folder / XML_NAMESPACE).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(unpacked / XSD / "xml.xsd", folder / XML_NAMESPACE)
            shutil.copy(unpacked / XSD / "xliff-core-2.0.xsd", xsd)
            with zipfile.ZipFile(unpacked / JAR) as jar:
                dtd.write_bytes(jar.read("schemas/tmx14.dtd"))
    return folder


def run(command, **options):
    """Run a command that has to succeed, quietly."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def write_files():
    """The exports of the invented days, fresh."""
    subprocess.run(["cargo", "test", "--release", "--quiet", "--test", "stored", "--",
                    "--ignored", "--exact", "exports_for_the_schemas"], cwd=CHECKOUT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR") or CHECKOUT / "target")
    return sorted((target / "tmp" / "exchange").iterdir())


def check(file, schemas):
    """The faults of one file."""
    if file.suffix == ".tmx":
        schema = ["--dtdvalid", schemas / "tmx14.dtd"]
    else:
        schema = ["--schema", schemas / "xliff_core_2.0.xsd"]
    command = ["xmllint", "--noout", "--nonet", *schema, file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    faults = done.stderr.splitlines() if done.returncode else []
    for name in ("srcLang", "trgLang"):
        for value in re.findall(rf'\b{name}="([^"]*)"', file.read_text(encoding="utf-8")):
            if not LANGUAGE.fullmatch(value):
                faults.append(f"{file}: {name} is {value!r}, no language tag")
    return faults


if __name__ == "__main__":
    sys.exit(main())
