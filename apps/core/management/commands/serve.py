"""`manage.py serve`: web, worker, beat, and Redis where none is named, under one command."""

import signal
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connections

from apps.core import assets, redis_server
from apps.core.errors import PortalError
from apps.core.processes import Child, Supervisor
from apps.core.readiness import Herald
from portal.redis_urls import REDIS_HOME, socket_path


class Command(BaseCommand):
    """Starts the parts, keeps them running, and ends all of them on Ctrl-C, TERM or HUP."""

    help = "Run web, worker and beat; Redis too where REDIS_URL names none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--concurrency", type=int, default=2, help="jobs that run at the same time")
        parser.add_argument("--sandbox", action="store_true", help="run the local stand-in for Zoho too")
        parser.add_argument("--sandbox-port", type=int, default=8021, help="the sandbox's port")
        parser.add_argument("--notice", default="", help="what to print when everything answers")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_taken_port(options["host"], options["port"], "--port")
        if options["sandbox"]:
            refuse_taken_port("127.0.0.1", options["sandbox_port"], "--sandbox-port")
        with Supervisor(self.say) as supervisor:
            supervisor.catch_signals()
            try:
                self.start(supervisor, options)
            except PortalError as error:
                raise CommandError(error.sentence) from None
            supervisor.run(self.herald(options).tick)
            self.say("Ending …")
        self.say("Everything has ended.")

    def start(self, supervisor: Supervisor, options: dict[str, Any]) -> None:
        """Start what the others need, bring the database and the assets up to date, start the others."""
        if not settings.REDIS_URL:
            start_redis(supervisor)
        if options["sandbox"]:
            command = [sys.executable, "-m", "apps.sandbox", "--port", str(options["sandbox_port"])]
            supervisor.add(Child("sandbox", command))
        migrate()
        if not settings.DEBUG:
            assets.collect()
        for child in parts(options["host"], options["port"], options["concurrency"]):
            supervisor.add(child)

    def herald(self, options: dict[str, Any]) -> Herald:
        """Return what tells the person that everything answers."""
        addresses = [(options["host"], options["port"], "/health/")]
        if options["sandbox"]:
            addresses.append(("127.0.0.1", options["sandbox_port"], "/"))
        return Herald(addresses, options["notice"], self.say)

    def say(self, text: str) -> None:
        """Write a line at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()


def refuse_taken_port(host: str, port: int, option: str) -> None:
    """Raise CommandError with what to do if something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            variable = {"--port": "PORT", "--sandbox-port": "SANDBOX_PORT"}[option]
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}): end what listens there, or choose another "
                f"with {option} {port + 1} (make demo {variable}={port + 1})."
            ) from None


def start_redis(supervisor: Supervisor) -> None:
    """Start this checkout's own Redis, unless another command of this checkout runs it already."""
    path = socket_path()
    redis_server.prepare(path, REDIS_HOME)
    if redis_server.answers(f"unix://{path}"):
        return
    command = redis_server.server_command(path, home=REDIS_HOME)
    supervisor.add(Child("redis", command, last=True, death_signal=signal.SIGTERM))
    redis_server.wait_until_it_answers(path, watch=supervisor.pump)


def migrate() -> None:
    """Bring the database up to date; one that cannot be reached is told in one sentence."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise PortalError(
            f"The database cannot be used ({str(error).strip().splitlines()[0]}): check DATABASE_URL."
        ) from error
    finally:
        connections.close_all()


def parts(host: str, port: int, concurrency: int) -> list[Child]:
    """Return web, worker and beat."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ["gunicorn", "-c", "python:portal.gunicorn", "--bind", address, "portal.wsgi"]
    celery = ["celery", "--quiet", "-A", "portal"]
    worker = [*celery, "worker", "--concurrency", str(concurrency), "-Q", "portal", "--loglevel", "INFO"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]
    return [
        Child(name, [sys.executable, "-m", *command])
        for name, command in (("web", web), ("worker", worker), ("beat", beat))
    ]
