"""What cannot be run here is read: the compose file, the image's recipe, the example environment."""

import os
import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import make_server

import pytest
import yaml
from django.urls import reverse

from apps.cliq.datacentres import DATA_CENTRES
from apps.connections.scopes import needed
from apps.core.assets import IGNORED
from portal.environment import ROOT, env
from tests.production import PRODUCTION

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {"migrate", "web", "worker", "beat"}
VARIABLES = set(env.scheme)


def test_the_example_environment_names_every_variable_and_no_other():
    """Whoever copies it has all of them, explained."""
    named = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(VARIABLES)


def test_every_variable_of_the_example_is_explained():
    """A comment stands above each block."""
    blocks = (ROOT / ".env.example").read_text().split("\n\n")
    assert all(block.startswith("#") for block in blocks if "=" in block)


def test_tests_and_production_set_every_variable():
    """Nothing of a developer's own environment leaks into either."""
    from tests.environment import FIXED

    assert set(PRODUCTION) == VARIABLES
    assert set(FIXED) | {"REDIS_URL", "DATABASE_URL", "DATA_FOLDER"} == VARIABLES


def test_the_operations_page_names_every_variable():
    """The table a site engineer reads is complete."""
    page = (ROOT / "docs" / "operations.md").read_text()
    assert VARIABLES - set(re.findall(r"`([A-Z_]+)`", page)) == set()


def test_the_readme_names_the_scopes_that_are_asked_for():
    """Whoever grants them can read them first."""
    page = (ROOT / "README.md").read_text()
    assert set(re.findall(r"\b(?:ZohoCliq|aaaserver|Profile)\.[A-Za-z.]+", page)) == set(needed())


def test_the_readme_names_every_data_centre():
    """With the two hosts of each."""
    page = (ROOT / "README.md").read_text()
    for centre in DATA_CENTRES.values():
        accounts, cliq = (url.removeprefix("https://") for url in (centre.accounts, centre.cliq))
        assert f"| `{centre.code}` | {accounts} | {cliq} |" in page


@pytest.mark.parametrize("name", ["zoho_callback", "accounts:connected"])
def test_the_readme_names_both_redirect_addresses(name):
    """They must agree to the letter with what the portal sends."""
    assert f"https://portal.example.com{reverse(name)}\n" in (ROOT / "README.md").read_text()


def test_compose_has_the_parts_and_their_order():
    """Migrations run once, before everything that needs the tables."""
    assert set(SERVICES) == {*OURS, "postgres", "redis"}
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"
    for name in OURS - {"migrate"}:
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert SERVICES[name]["depends_on"]["redis"] == {"condition": "service_healthy"}


def test_every_lasting_service_has_a_health_check():
    """A part that hangs is seen."""
    for name, service in SERVICES.items():
        if name != "migrate":
            kind, *command = service["healthcheck"]["test"]
            assert kind in {"CMD", "CMD-SHELL"}, name
            assert command, name


def test_redis_forgets_and_evicts_nothing():
    """Jobs and quota live there."""
    command = " ".join(SERVICES["redis"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_secrets_come_from_the_environment_and_are_required():
    """No default for a secret, none written down."""
    environment = SERVICES["web"]["environment"]
    for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "AUDIT_KEYS", "ZOHO_CLIENT_ID", "ZOHO_CLIENT_SECRET"):
        assert environment[name].startswith(f"${{{name}:?"), name
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert set(environment) <= VARIABLES
    assert "DEBUG" not in environment


def test_only_the_web_is_reachable_and_only_from_this_machine():
    """A proxy that ends TLS stands in front of it."""
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
    assert SERVICES["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]


def dockerfile() -> str:
    """The recipe with its continued lines joined."""
    return re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())


def test_the_image_does_not_run_as_root():
    """The last word on the user, before static files are collected and the command is named."""
    text = dockerfile()
    assert re.findall(r"^USER (.*)$", text, re.MULTILINE) == ["portal"]
    assert text.index("USER portal") < text.index("RUN SECRET_KEY=") < text.index("CMD [")


def test_what_the_image_copies_exists_and_is_sent():
    """Each source stands in the checkout and is let through by .dockerignore."""
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    for sources in re.findall(r"^COPY (?!--from)(.*) \S+$", dockerfile(), re.MULTILINE):
        for source in sources.split():
            assert (ROOT / source).exists(), source
            assert source in let_through, source


def clean_run(command: list[str], tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a production's variables and no others."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
    return subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": path, "HOSTNAME": "web", **PRODUCTION, "DATA_FOLDER": str(tmp_path), **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_image_collects_static_files_with_nothing_but_its_one_variable(tmp_path):
    """The step of the image, in an environment that holds nothing else."""
    step = re.search(
        r"^RUN SECRET_KEY=\S+\s+(python manage.py collectstatic .*)$", dockerfile(), re.MULTILINE
    )
    assert step
    command = shlex.split(step[1])
    assert [command[n + 1] for n, word in enumerate(command) if word == "--ignore"] == IGNORED
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
    nothing = {"PATH": path, "SECRET_KEY": "only-for-collecting" * 3, "DATA_FOLDER": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=nothing, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "staticfiles" / "staticfiles.json").exists()


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_the_images_commands_exist(name, tmp_path):
    """Each program is found and accepts its options in a clean environment."""
    image = re.search(r"^CMD (\[.*\])$", dockerfile(), re.MULTILINE)
    assert image
    command = SERVICES[name].get("command") or yaml.safe_load(image[1])
    probe = {"web": "--check-config", "migrate": "--help"}.get(name, "--help")
    done = clean_run([*command, probe], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("status", "code"), [("200 OK", 0), ("503 Service Unavailable", 1)])
def test_the_webs_health_check_asks_under_the_public_name(status, code, tmp_path):
    """Exit 0 for a healthy portal; Django would refuse any other host name."""
    asked: list[tuple[str, str]] = []

    def portal(environ, start_response):
        asked.append((environ["PATH_INFO"], environ["HTTP_HOST"]))
        start_response(status, [("Content-Type", "text/plain")])
        return [b""]

    with make_server("127.0.0.1", 0, portal) as server:
        Thread(target=server.handle_request, daemon=True).start()
        _, *command = SERVICES["web"]["healthcheck"]["test"]
        assert clean_run([*command, str(server.server_port)], tmp_path).returncode == code
    assert asked == [("/health/", "portal.example.com")]


def test_the_webs_health_check_fails_where_nothing_answers(tmp_path):
    """Neither an error page nor a traceback: exit 1."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = clean_run([sys.executable, "-m", "portal.healthcheck", str(port)], tmp_path)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_services_health_checks_name_programs_that_their_images_have():
    """PostgreSQL's and Redis' own."""
    assert SERVICES["postgres"]["healthcheck"]["test"][1] == "pg_isready"
    assert SERVICES["redis"]["healthcheck"]["test"][1:] == ["redis-cli", "ping"]
