"""A code means what it means at that endpoint."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.errors import sentence
from apps.cliq.sentences import ANYWHERE, BY_ENDPOINT, BY_MODULE, meaning

ALL = [found for table in (ANYWHERE, *BY_ENDPOINT.values(), *BY_MODULE.values()) for found in table.values()]


@pytest.mark.parametrize(
    ("endpoint", "code", "expected"),
    [
        ("users.update", "operation_not_allowed", "this profile may not be changed"),
        ("departments.update", "operation_not_allowed", "Zoho People manages departments"),
        ("designations.update", "operation_not_allowed", "Zoho People manages designations"),
        ("roles.list", "operation_not_allowed", "it does not allow this operation here"),
        ("departments.create", "department_not_exist", "the parent department does not exist"),
        ("departments.get", "department_not_exist", "this department does not exist any more"),
        ("designations.get", "department_not_exist", "this designation does not exist any more"),
        ("users.update", "FIELD_INVALID_VALUE_FOR_NUMERIC_FIELD", "the value is not a number"),
        ("departments.create", "departmet_parent_department_needed", "a department needs a parent"),
    ],
)
def test_the_same_code_at_different_endpoints(endpoint, code, expected):
    assert expected in sentence(CATALOGUE[endpoint], code)


@pytest.mark.parametrize(
    ("endpoint", "code", "field"),
    [
        ("users.add", "email.activeuser", "email_id"),
        ("departments.create", "department_lead_invalid", "lead_zuid"),
        ("departments.create", "department_not_exist", "parent_department_id"),
        ("designations.create", "designation_already_exist", "name"),
        ("roles.list", "not_an_organization_admin", ""),
    ],
)
def test_a_code_belongs_to_a_field(endpoint, code, field):
    assert meaning(endpoint, code).field == field


def test_an_unknown_code_is_quoted_with_zohos_message():
    assert (
        sentence("users.list", "brand_new", "Something is new.")
        == "Zoho refused: Something is new (brand_new)."
    )
    assert sentence("users.list", "brand_new") == "Zoho refused: brand_new."


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.sentence[:40])
def test_every_sentence_is_one(found):
    assert found.sentence.startswith(("Zoho refused", "Zoho could not", "Zoho answered"))
    assert found.sentence.endswith(".")
    assert "{" not in found.sentence


@pytest.mark.parametrize("module", BY_MODULE)
def test_tables_are_for_modules_that_exist(module):
    assert any(name.startswith(module + ".") for name in CATALOGUE)


def test_tables_are_for_endpoints_that_exist():
    assert BY_ENDPOINT.keys() <= CATALOGUE.keys()
