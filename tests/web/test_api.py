"""The HTTP interface: a package comes in as it was sent, and everything is answered in JSON with a sentence."""

import hashlib
import io
from decimal import Decimal

import pytest
import shown_boards as boards

from portal.intake.limits import LIMITS

ZIP = b"PK\x03\x04 a board"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def opened(visitor):
    return visitor.api("POST", "/api/v1/packages", json={}).json


def put(visitor, opened, data=ZIP, name="board.zip", announced=None):
    headers = {"X-Content-SHA256": announced or sha256(data)}
    return visitor.api("PUT", opened["files_url"] + name, data=data, headers=headers)


def test_a_package_is_opened_and_says_where_to_go_on(opened):
    place = f"/api/v1/packages/{opened['reference']}"

    assert opened["files_url"] == f"{place}/files/"
    assert opened["reading_url"] == f"{place}/reading"
    assert opened["page_url"] == f"/packages/{opened['reference']}"


def test_a_file_arrives_as_it_was_sent(portal, visitor, opened):
    answer = put(visitor, opened)

    assert (answer.status_code, answer.json) == (201, {"sha256": sha256(ZIP), "bytes": len(ZIP)})
    assert portal.app.extensions["files"].read(sha256(ZIP)) == ZIP


def test_a_file_that_arrives_otherwise_is_refused_and_not_kept(portal, visitor, opened):
    answer = put(visitor, opened, announced=sha256(b"something else"))

    assert answer.status_code == 422
    assert "Please send it again" in answer.json["error"]
    assert list(portal.app.extensions["files"].names()) == []


@pytest.mark.parametrize("announced", ["nothing", "A" * 64, "../../etc/passwd"])
def test_a_check_sum_that_is_none_is_refused(visitor, opened, announced):
    assert put(visitor, opened, announced=announced).status_code == 422


def test_a_file_without_its_length_is_refused(visitor, opened):
    path = opened["files_url"] + "board.zip"
    answer = visitor.api("PUT", path, input_stream=io.BytesIO(ZIP), headers={"Transfer-Encoding": "chunked"})

    assert answer.status_code == 411
    assert "did not say how long it is" in answer.json["error"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(visitor, opened):
    announced = {"CONTENT_LENGTH": str(LIMITS.package_bytes + 1)}
    answer = visitor.api("PUT", opened["files_url"] + "board.zip", data=ZIP, environ_overrides=announced)

    assert answer.status_code == 413
    assert "larger than we can take" in answer.json["error"]


def test_a_large_file_within_the_limit_is_no_form_and_passes(visitor, opened):
    assert put(visitor, opened, data=b"0" * 1_000_000).status_code == 201


@pytest.mark.parametrize("name", ["Gr%C3%B6%C3%9Fe%20%E5%9F%BA%E6%9D%BF.zip", "a%26b.zip", "..%5C..%5Cevil.zip"])
def test_any_name_is_taken_and_shown_without_folders(visitor, opened, name):
    assert put(visitor, opened, name=name).status_code == 201
    assert "\\" not in visitor.visit(opened["page_url"]).main


def test_the_same_file_twice_is_one_file(visitor, opened):
    assert [put(visitor, opened).status_code for _ in range(2)] == [201, 201]
    assert visitor.visit(opened["page_url"]).main.count("board.zip") == 1


def test_two_different_files_of_one_name_are_refused(visitor, opened):
    put(visitor, opened)
    answer = put(visitor, opened, data=b"another")

    assert answer.status_code == 422
    assert "Please rename one of them" in answer.json["error"]


def test_reading_is_asked_for_once_the_files_are_there(visitor, opened):
    put(visitor, opened)
    answer = visitor.api("POST", opened["reading_url"], json={})

    assert (answer.status_code, answer.json) == (202, {"page_url": opened["page_url"]})
    assert visitor.get(f"/api/v1/packages/{opened['reference']}").json["state"] == "waiting"


def test_an_empty_package_is_not_read(visitor, opened):
    answer = visitor.api("POST", opened["reading_url"], json={})

    assert answer.status_code == 422
    assert "Please add one" in answer.json["error"]


def test_a_package_that_is_open_says_so(visitor, opened):
    state = visitor.get(f"/api/v1/packages/{opened['reference']}").json

    assert state.pop("reference") == opened["reference"]
    assert state == {"state": "open", "step": None, "refused": None, "design_url": None}


def test_a_stranger_puts_nothing_into_a_package(portal, opened):
    assert put(portal.browser(), opened).status_code == 404


def test_a_design_is_given_as_the_command_line_gives_it(portal, visitor):
    design = visitor.get(f"/api/v1/designs/{portal.design(visitor)}").json

    assert design["placements"]["top"] == 6

    assert design["board"]["copper_layers"] == 4
    assert design["findings"][0]["code"] == "placed-not-listed"


def test_what_is_not_known_is_null(portal, visitor):
    design = visitor.get(f"/api/v1/designs/{portal.design(visitor, boards.bare())}").json

    assert design["board"]["width_mm"] is None


def test_prices_say_every_line_and_add_up(portal, visitor):
    path = f"/api/v1/designs/{portal.design(visitor)}/prices?quantities=1,10&speeds=standard"
    prices = visitor.get(path).json

    assert [(cell["quantity"], cell["speed"]) for cell in prices["cells"]] == [(1, "standard"), (10, "standard")]
    for cell in prices["cells"]:
        assert sum(Decimal(line["amount"]) for line in cell["lines"]) == Decimal(cell["total"])


@pytest.mark.parametrize("query", ["quantities=0", "quantities=x", "speeds=slow", "quantities=1&speed=express"])
def test_prices_of_what_cannot_be_asked_are_refused_with_a_sentence(portal, visitor, query):
    answer = visitor.get(f"/api/v1/designs/{portal.design(visitor)}/prices?{query}")

    assert answer.status_code == 422
    assert answer.json["error"].count("Please") == 1


def test_the_interface_describes_itself(visitor):
    paths = visitor.get("/api/v1/openapi.json").json["paths"]

    assert set(paths["/api/v1/packages/{reference}/files/{name}"]) == {"put"}
    assert {"/api/v1/packages", "/api/v1/designs/{reference}", "/api/v1/designs/{reference}/prices"} <= set(paths)


def test_an_unknown_reference_is_answered_in_json(visitor):
    answer = visitor.get("/api/v1/designs/nobody-knows")

    assert answer.status_code == 404
    assert "Check the address" in answer.json["error"]
