"""The catalogue against the distillate of Zoho's OpenAPI files, with every deliberate difference named."""

import json
import os
import re
from pathlib import Path

import pytest

from apps.cliq.catalogue import CATALOGUE, Endpoint, window
from apps.cliq.catalogue.endpoint import catalogue
from apps.cliq.distil import MODULES, distil

DISTILLATE = Path(__file__).parent / "distillate"
PARAMETER = re.compile(r"\{[^}]+\}")
PEOPLE = "ZohoPeople."

# What the catalogue says otherwise than the OpenAPI file: reason and source.
DIFFERENCES: dict[tuple[str, str], str] = {
    ("users.layout", "quota"): "the text allows 10, the file 20: the stricter. v2-rest-api.txt:479",
    ("users.update", "scopes"): "the photo scope is for pictures, which are not sent. v2-rest-api.txt:412",
    ("roles.delete", "scopes"): "the text wants UPDATE, the file DELETE: both. v2-rest-api.txt:943",
    (
        "roles.update_permissions",
        "scopes",
    ): "the text wants UPDATE, the file DELETE: both. v2-rest-api.txt:963",
}


def documented() -> dict[tuple[str, str], dict]:
    """Operations of the distillate by method and nameless path."""
    return {
        (each["method"], nameless("/api/v2" + each["path"])): each
        for module in MODULES
        for each in json.loads((DISTILLATE / f"{module}.json").read_text("utf-8"))
    }


def nameless(path: str) -> str:
    return PARAMETER.sub("{}", path)


def facts(endpoint: Endpoint) -> dict:
    return {
        "quota": endpoint.quota,
        "lock": endpoint.lock,
        "scopes": set(endpoint.scopes),
        "people_scopes": set(endpoint.people_scopes),
        "paging": endpoint.paging,
    }


def distilled_facts(operation: dict) -> dict:
    scopes = set(operation["scopes"])
    people = {scope for scope in scopes if scope.startswith(PEOPLE)}
    return {
        "quota": operation["quota"],
        "lock": operation["lock"],
        "scopes": scopes - people,
        "people_scopes": people,
        "paging": "next_token" if "next_token" in operation["query"] else "",
    }


def test_every_documented_operation_is_in_the_catalogue():
    assert {(e.method, nameless(e.path)) for e in CATALOGUE.values()} == documented().keys()


@pytest.mark.parametrize("name", CATALOGUE)
def test_it_says_what_the_openapi_file_says(name):
    endpoint = CATALOGUE[name]
    theirs = distilled_facts(documented()[endpoint.method, nameless(endpoint.path)])
    different = {fact for fact, value in facts(endpoint).items() if value != theirs[fact]}
    assert different == {fact for known, fact in DIFFERENCES if known == name}


@pytest.mark.parametrize("endpoint", CATALOGUE.values(), ids=lambda endpoint: endpoint.name)
def test_no_number_is_laxer_than_the_file(endpoint):
    theirs = documented()[endpoint.method, nameless(endpoint.path)]
    assert endpoint.quota <= theirs["quota"]
    assert endpoint.lock >= theirs["lock"]


@pytest.mark.parametrize("name", CATALOGUE)
def test_names_and_sources_are_in_one_form(name):
    endpoint = CATALOGUE[name]
    assert endpoint.name == name
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", name)
    assert re.fullmatch(r"[a-z]+\.yml( \(\d+\))?; v2-rest-api\.txt:\d+( \(\d+\))?", endpoint.source)
    assert all(re.fullmatch(r"\{[a-z_]+\}", each) for each in PARAMETER.findall(endpoint.path))


def test_operations_of_one_window_carry_its_strictest_numbers():
    lax = Endpoint(name="a.one", method="GET", path="/x", scopes=(), quota=30, source="", lock=300)
    strict = Endpoint(name="a.two", method="GET", path="/x", scopes=(), quota=20, source="", lock=600)
    apart = Endpoint(name="a.three", method="PUT", path="/x", scopes=(), quota=40, source="")
    found = catalogue([lax, strict, apart])
    assert window(found["a.one"]) == window(found["a.two"]) == ("GET", "/x")
    assert [(each.quota, each.lock) for each in found.values()] == [(20, 600), (20, 600), (40, 600)]


def test_it_rejects_the_same_name_twice():
    one = Endpoint(name="a.one", method="GET", path="/x", scopes=(), quota=30, source="")
    with pytest.raises(ValueError, match=r"a\.one is in the catalogue twice"):
        catalogue([one, one])


def test_paths_are_filled_and_quoted():
    path = CATALOGUE["users.get"].url_path({"user_id": "6318/30?é"})
    assert path == "/api/v2/users/6318%2F30%3F%C3%A9"


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_no_value_leads_to_another_operation(value):
    with pytest.raises(ValueError, match="is no department_id"):
        CATALOGUE["departments.delete"].url_path({"department_id": value})


@pytest.mark.skipif("CLIQ_OPENAPI_DIR" not in os.environ, reason="CLIQ_OPENAPI_DIR names no folder")
@pytest.mark.parametrize("module", MODULES)
def test_the_distillate_is_fresh(module):
    yaml = pytest.importorskip("yaml")
    document = yaml.safe_load(Path(os.environ["CLIQ_OPENAPI_DIR"], f"{module}.yml").read_text("utf-8"))
    assert json.loads((DISTILLATE / f"{module}.json").read_text("utf-8")) == distil(document)
