"""Files that LibreOffice has saved: dates, numbers for telephones, formulas, old formats."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.core.spreadsheets import UnreadableFile
from apps.directory.models import User
from apps.onboarding import services
from apps.onboarding.models import Onboarding, Phase
from apps.sandbox import cast
from tests.onboarding.conftest import uploaded
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)

FILES = Path(__file__).with_name("files")
LOST = "has lost its beginning, as happens in Excel. Should it be"
FIVE = "those of the organisation have 5: Excel has probably dropped zeros. Should it be"


def checked(name: str, owner, codec: str = "") -> Onboarding:
    onboarding = uploaded((FILES / name).read_bytes(), owner, name)
    if codec:
        assert onboarding.phase == Phase.ENCODING
        services.choose_encoding(onboarding, codec=codec)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    carry_through(onboarding.job, patience=10)
    return Onboarding.objects.select_related("job").get(pk=onboarding.pk)


@pytest.fixture
def five_digits(synced) -> None:
    """The organisation's employee ids are five digits, some of them zeros in front."""
    User.objects.update(employee_id="")
    User.objects.filter(email=cast.ADMIN.email).update(employee_id="00042")


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("libreoffice.xlsx", ""),
        ("libreoffice-utf16.csv", ""),
        ("libreoffice-windows-1252.csv", "cp1252"),
    ],
)
def test_every_row_is_judged_alike(name, codec, five_digits, owner):
    onboarding = checked(name, owner, codec)
    rows = {row.number: row for row in onboarding.job.rows.all()}
    assert sorted(onboarding.mapping.values()) == sorted(
        ["email_id", "first_name", "last_name", "employee_id", "mobile", "country"]
    )
    assert (rows[2].action, rows[2].problems) == ("add", [])
    assert rows[2].data["values"]["employee_id"] == "00078"
    assert rows[2].data["values"]["first_name"] == "Zoë"
    assert rows[2].data["input"][6] in ("2026-03-31", "31.03.2026")
    assert rows[3].data["values"]["last_name"] == "O'Brien"
    assert rows[3].problems == [
        f"The employee ID “79” has 2 digits, {FIVE} “00079”?",
        f"The mobile “919840012346” {LOST} “+919840012346”?",
    ]
    assert rows[4].problems == [
        f"The employee ID “80” has 2 digits, {FIVE} “00080”?",
        f"The mobile “15112345678” {LOST} “015112345678”?",
    ]
    assert [each.partition(":")[0] for each in rows[5].problems] in (
        [
            "Cell C5 shows the error #DIV/0!.",
            "The mobile “1E+11” is what Excel makes of a long number",
        ],
        [
            "The last name shows the error #DIV/0! of a formula.",
            "The mobile “1E+11” is what Excel makes of a long number",
        ],
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "libreoffice.ods",
            "This is an OpenDocument spreadsheet (.ods), which the portal does not read. In LibreOffice "
            "choose File, Save As, “Excel 2007–365 (.xlsx)”, and upload that file.",
        ),
        (
            "libreoffice.xls",
            "This is an old Excel workbook (.xls), or one with a password, whatever its name says. In Excel "
            "choose File, Save As, “Excel Workbook (.xlsx)”, and upload that file.",
        ),
    ],
)
def test_what_is_not_read_says_what_to_do(name, sentence, owner, organization):
    file = SimpleUploadedFile(name, (FILES / name).read_bytes())
    with pytest.raises(UnreadableFile) as refused:
        services.upload(file, actor=owner.actor())
    assert refused.value.sentence == sentence
