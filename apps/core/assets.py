"""Collecting the static files, only when one of them may have changed."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from portal.environment import ROOT, VAR

# Bundles of other libraries inside Tabler: unused here, and one names a source map that it does not bring.
IGNORED = ["libs", "types"]
STAMP = VAR / "staticfiles.stamp"


def collect() -> bool:
    """Collect the static files unless nothing changed since the last time; tells whether it did."""
    wanted = fingerprint()
    if Path(settings.STATIC_ROOT).is_dir() and STAMP.exists() and STAMP.read_text() == wanted:
        return False
    # A file that is gone from the sources must not live on in the manifest.
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=IGNORED)
    STAMP.write_text(wanted)
    return True


def fingerprint() -> str:
    """Return a hash of what the collected files are made from."""
    digest = sha256(f"{settings.STATIC_ROOT} {IGNORED}".encode())
    for pinned in ("package-lock.json", "constraints.txt"):
        digest.update((ROOT / pinned).read_bytes())
    for file in sorted((ROOT / "static").rglob("*")):
        status = file.stat()
        digest.update(f"{file.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
