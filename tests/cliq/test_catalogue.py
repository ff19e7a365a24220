"""The catalogue against both of Zoho's sources, with every deliberate difference named."""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest

from apps.cliq.catalogue import CATALOGUE, MODULES, Endpoint, window
from apps.cliq.catalogue.endpoint import catalogue
from apps.cliq.distil import distil
from tests.cliq import sources
from tests.cliq.differences import DIFFERENCES
from tests.cliq.sources import DISTILLATE, PARAMETER, PEOPLE, Said

FILES = [file.stem for file in sorted(DISTILLATE.glob("*.json"))]
PLACE = r"([a-z]+\.yml|v2-rest-api\.txt:\d+|v3-messages\.txt:\d+)( \([\w, ]+\))?"
CAUTION = (10, 60, 600)
"""Calls, period and lock where no source has a number."""

by_name = pytest.mark.parametrize("name", CATALOGUE)


@cache
def said() -> tuple[Said, ...]:
    return (*sources.openapi(), *sources.reference())


def of_window(endpoint: Endpoint) -> list[Said]:
    """All that is said of what Zoho counts together with this operation."""
    return [each for each in said() if each.window == sources.window(endpoint)]


def cited(endpoint: Endpoint) -> list[Said]:
    """What stands in the places that the operation names as its source."""
    return [each for each in of_window(endpoint) if each.where in sources.places(endpoint)]


def strictest(endpoint: Endpoint) -> tuple[int, int, int]:
    about = of_window(endpoint)
    return (
        min((each.quota for each in about if each.quota), default=CAUTION[0]),
        max((each.period for each in about if each.period), default=CAUTION[1]),
        max((each.lock for each in about if each.lock), default=CAUTION[2]),
    )


def test_every_documented_operation_is_in_the_catalogue_and_cited():
    known = {(place, sources.window(each)) for each in CATALOGUE.values() for place in sources.places(each)}
    assert {(each.where, each.window) for each in said()} == known
    assert len(sources.openapi()) == 145
    assert len(sources.reference()) == 166


@by_name
def test_every_number_is_the_stricter_of_the_two(name):
    endpoint = CATALOGUE[name]
    found = endpoint.quota, endpoint.period, endpoint.lock
    if name in ("threads.follow", "threads.unfollow"):
        assert (name, "quota") in DIFFERENCES
        assert strictest(endpoint) == CAUTION
        assert found == strictest(CATALOGUE["threads.join"])[:2] + CAUTION[2:]
    else:
        assert found == strictest(endpoint)


@by_name
def test_every_scope_is_one_that_is_printed(name):
    endpoint = CATALOGUE[name]
    printed = {scope for each in cited(endpoint) for scope in each.scopes}
    assert {*endpoint.scopes, *endpoint.people_scopes} == printed - {"Profile.orguserphoto.UPDATE"}
    assert set(endpoint.people_scopes) == {scope for scope in printed if scope.startswith(PEOPLE)}


@by_name
def test_it_says_what_the_openapi_file_says(name):
    endpoint = CATALOGUE[name]
    files = [each for each in cited(endpoint) if each.where.endswith(".yml")]
    ours = {
        "quota": endpoint.quota,
        "period": endpoint.period,
        "lock": endpoint.lock,
        "scopes": {*endpoint.scopes, *endpoint.people_scopes},
        "paging": endpoint.paging,
        "page_limit": endpoint.page_limit,
    }
    optional = ("quota", "period", "lock")
    different = {
        fact
        for fact, value in ours.items()
        for theirs in (getattr(each, fact) for each in files)
        if value != theirs and not (fact in optional and theirs == 0)
    }
    listed = {fact for known, fact in DIFFERENCES if known == name}
    if name in ("threads.follow", "threads.unfollow"):
        listed.remove("quota")
    assert different == listed


def test_differences_are_of_operations_that_exist():
    assert {name for name, _ in DIFFERENCES} <= CATALOGUE.keys()


@by_name
def test_names_and_sources_are_in_one_form(name):
    endpoint = CATALOGUE[name]
    assert endpoint.name == name
    assert re.fullmatch(r"[a-z0-9_]+\.[a-z_]+", name)
    assert re.fullmatch(rf"{PLACE}(; {PLACE})?", endpoint.source)
    assert all(re.fullmatch(r"\{[a-z_]+\}", each) for each in PARAMETER.findall(endpoint.path))
    assert re.match(r"/(api/v[23]|maintenanceapi/v2)/", endpoint.path)


def test_a_module_names_its_operations_after_itself():
    for module in MODULES:
        own = module.__name__.rpartition(".")[2]
        assert {each.name.partition(".")[0] for each in module.ENDPOINTS} == {own}


def test_a_window_is_spelled_in_one_way():
    paths = {window(each) for each in CATALOGUE.values()}
    assert len(paths) == len({(method, sources.nameless(path)) for method, path in paths})


def test_the_version_is_a_property_of_the_path():
    assert CATALOGUE["messages.post_to_chat"].version == "v2"
    assert CATALOGUE["maintenance.chats"].version == "v2"
    assert {each.version for each in CATALOGUE.values() if each.name.startswith("v3_")} == {"v3"}


def test_calls_of_bots_have_a_period_of_their_own():
    call = CATALOGUE["bots.call"]
    assert (call.quota, call.period, call.lock) == (10, 300, 1800)
    assert {each.period for each in CATALOGUE.values() if each is not call} == {60}


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
@pytest.mark.parametrize("module", FILES)
def test_the_distillate_is_fresh(module):
    yaml = pytest.importorskip("yaml")
    folder = Path(os.environ["CLIQ_OPENAPI_DIR"])
    document = yaml.safe_load((folder / f"{module}.yml").read_text("utf-8"))
    assert json.loads((DISTILLATE / f"{module}.json").read_text("utf-8")) == distil(document)
    assert sorted(file.stem for file in folder.glob("*.yml")) == FILES
