"""`python -m portal.demo`: the whole portal against the sandbox, with nothing set up before."""

import csv
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path

from cryptography.fernet import Fernet

from apps.sandbox import cast
from portal.environment import VAR

SECRETS = VAR / "demo.env"
DATABASE = VAR / "demo.sqlite3"
SPREADSHEET = VAR / "sample-joiners.csv"
COLUMNS = ("Email", "First name", "Last name", "Department", "Designation")


def main() -> None:
    """Prepare an all-local environment and become `manage.py serve --sandbox` in it."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port of the portal")
    parser.add_argument("--sandbox-port", type=int, default=8021, help="port of the local Zoho")
    ports = parser.parse_args()
    write_spreadsheet(SPREADSHEET)
    os.environ.update(environment(ports.port, ports.sandbox_port), DJANGO_SETTINGS_MODULE="portal.settings")
    # Not at the top: it reads the settings, and they the environment made above.
    from django.core.management import execute_from_command_line

    serve = ["serve", "--sandbox", "--port", str(ports.port), "--sandbox-port", str(ports.sandbox_port)]
    execute_from_command_line(["manage.py", *serve, "--notice", notice(ports.port)])


def keep_secrets() -> dict[str, str]:
    """Return the demo's own secrets, made at the first start and kept, so that its data stays readable."""
    if not SECRETS.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "AUDIT_KEYS": f"demo:{secrets.token_hex(32)}",
        }
        SECRETS.parent.mkdir(exist_ok=True)
        with os.fdopen(os.open(SECRETS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in made.items())
    lines = SECRETS.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def environment(port: int, sandbox_port: int) -> dict[str, str]:
    """Return every variable of the portal for the demo, so that no `.env` of a real installation leaks in."""
    # Two names for one machine: cookies are shared by the ports of one host name.
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    return {
        **keep_secrets(),
        # Off, as in production: pages are as fast and as strict as they will be.
        "DEBUG": "0",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "PUBLIC_URL": f"http://localhost:{port}",
        "TRUSTED_PROXIES": "",
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "REDIS_URL": "",
        "ZOHO_CLIENT_ID": cast.CLIENT_ID,
        "ZOHO_CLIENT_SECRET": cast.CLIENT_SECRET,
        "ZOHO_DATA_CENTRE": "us",
        "ZOHO_ORGANIZATION_ID": cast.ORGANIZATION_ID,
        "ZOHO_ACCOUNTS_URL": sandbox,
        "CLIQ_BASE_URL": sandbox,
        "CLIQ_NETWORK": "",
        "CLIQ_EXPORT_PREFIX": "",
        "CLIQ_MINUTE_SECONDS": "60",
        "CLIQ_USERS_PER_CALL": "100",
        "BULK_GUARD_PERCENT": "20",
        "EMAIL_URL": "consolemail://",
        "DNS_RESOLVER": "",
        "CLIQ_DOMAIN_TARGET": "",
        "DATA_FOLDER": str(VAR),
        "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "text",
    }


def notice(port: int) -> str:
    """Return what a person needs to begin: where, as whom, with which file."""
    admin, second, member = cast.ADMIN, cast.SECOND_ADMIN, cast.MEMBER
    return f"""
  Cliq Admin Portal, with a local Zoho and the invented organisation {cast.ORGANIZATION_NAME}

    Open          http://localhost:{port}
    Sign in as    {admin.name} <{admin.email}>, organisation admin: connects it and owns the portal
                  {second.name} <{second.email}>, second admin
                  {member.name} <{member.email}>, plain member: is turned away
    Onboard       {SPREADSHEET}

  Nothing leaves this machine. Ctrl-C ends everything; what you did is kept in {VAR}.
"""


# Address, first name, last name, department, designation. Four as they come in real life: a member
# already, one twice, a mistyped department, no address at all.
JOINERS = (
    ("maria.lindqvist@zylker.com", "Maria", "Lindqvist", "Engineering", "Web Developer"),
    ("jose.nunez@zylker.com", "José", "Núñez", "Platform", "Site Reliability Engineer"),
    ("priya.raghavan@zylker.com", "Priya", "Raghavan", "Mobile Apps", "Android Developer"),
    ("siobhan.oconnor@zylker.com", "Siobhán", "O’Connor", "Mobile Apps", "iOS Developer"),
    ("wei.zhang@zylker.com", "伟", "张", "Quality Assurance", "QA Engineer"),
    ("Olivia.Palmer@zylker.com", "Olivia", "Palmer", "Zylker Corp", "Leadership Staff"),
    ("yuki.tanaka@zylker.com", "由紀", "田中", "Creative Writers", "Content Writer"),
    ("omar.elsayed@zylker.com", "عمر", "السيد", "Sales — EMEA", "Sales Executive"),
    ("oyvind.aas@zylker.com", "Øyvind", "Ås", "Sales — EMEA", "Regional Sales Manager"),
    ("thi.nguyen@zylker.com", "Thị Hồng", "Nguyễn", "Sales — Asia Pacific", "Sales Executive"),
    ("Jose.Nunez@zylker.com", "Jose", "Nunez", "Platform", "Site Reliability Engineer"),
    ("anne-marie.dubois@zylker.com", "Anne-Marie", "Dubois-Lefèvre", "Marketing", "Marketing Analyst"),
    ("karolina.wisniewska@zylker.com", "Karolina", "Wiśniewska", "Marketing", "Marketing Executive"),
    ("deepak.k@zylker.com", "Deepak", "K", "Zylker Support", "Support Specialist"),
    ("fatou.diallo@zylker.com", "Fatou", "Diallo", "Zylker Support", "Support Specialist"),
    ("mia.olsen@zylker.com", "Mia", "Olsen", "Enginering", "Web Developer"),
    ("jan.vandenberg@zylker.com", "Jan", "van den Berg", "Finance & Legal", "Accountant"),
    ("ingrid.thorsdottir@zylker.com", "Ingrid", "Þórsdóttir", "Finance & Legal", "Legal Counsel"),
    ("tomas.dvorak@zylker.com", "Tomáš", "Dvořák", "Facilities", "Facilities Coordinator"),
    ("elena.petrova@zylker.com", "Елена", "Петрова", "Human Resources", "Recruiter"),
    ("ravi.shankar(at)zylker.com", "Ravi", "Shankar", "Engineering", "Engineering Manager"),
    ("aisha.mohammed@zylker.com", "Aisha", "Mohammed", "Human Resources", "HR Partner"),
    (
        "maximiliana@zylker.com",
        "Maximiliana Alexandrina",
        "von Hohenstein-Wolfenbüttel",
        "Marketing",
        "Intern",
    ),
    ("sam.lee@zylker.com", "Sam", "Lee", "Engineering", "Intern"),
    ("noah.fischer@zylker.com", "Noah", "Fischer", "Platform", "Site Reliability Engineer"),
    ("lucia.rossi@zylker.com", "Lucia", "Rossi", "Creative Writers", "UX Designer"),
    ("kwame.mensah@zylker.com", "Kwame", "Mensah", "Engineering", "Product Manager"),
    ("hye-jin.park@zylker.com", "혜진", "박", "Sales — Asia Pacific", "Sales Executive"),
)


def write_spreadsheet(path: Path) -> None:
    """Write the joiners as a spreadsheet program would save them, with a byte order mark."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(JOINERS)


if __name__ == "__main__":
    main()
