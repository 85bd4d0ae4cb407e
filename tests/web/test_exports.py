"""What a customer takes away from the page adds up to the cent with the script that the page offers."""

import subprocess
import sys
from urllib.parse import urlencode

import pytest
import shown_boards as boards

from portal.web.exports import download

KINDS = pytest.mark.parametrize("kind", ["json", "csv"])


@pytest.fixture
def recomputed(visitor, tmp_path):
    """Runs the script of the page on a downloaded file, with nothing of ours to import."""
    script = tmp_path / "recompute.py"
    script.write_bytes(visitor.get("/recompute.py").data)

    def run(answer):
        assert answer.status_code == 200
        path = tmp_path / answer.headers["Content-Disposition"].split('"')[1]
        path.write_bytes(answer.data)
        return subprocess.run([sys.executable, "-I", script, path], capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def address(portal, visitor):
    reference = portal.design(visitor)
    return lambda cell, **choice: f"/designs/{reference}/prices/{cell}?{urlencode(choice, doseq=True)}"


@KINDS
def test_a_downloaded_price_adds_up_to_the_cent(visitor, address, recomputed, kind):
    done = recomputed(visitor.get(address(f"100-express.{kind}", quantities="10, 100")))

    assert (done.returncode, done.stdout.count(": right")) == (0, 1), done.stdout + done.stderr


@KINDS
def test_a_downloaded_budget_adds_up_without_what_is_not_priced(portal, visitor, recomputed, kind):
    line = boards.BomLine(1, ("U7",), mpn="NOBODY-SELLS-THIS-1")
    reference = portal.design(visitor, boards.sensor_node(bom=(line,)))
    answer = visitor.get(f"/designs/{reference}/prices/10-standard.{kind}?quantities=10")

    assert "NOBODY-SELLS-THIS-1" in answer.text
    assert recomputed(answer).returncode == 0


@KINDS
def test_the_opened_cell_offers_itself(visitor, portal, kind):
    page = visitor.visit(f"/designs/{portal.design(visitor)}/prices?quantities=7&finish=osp&cell=7-express")
    [address] = [href for href in page.links() if f"/7-express.{kind}?" in href]

    assert (
        visitor.get(address).headers["Content-Disposition"]
        == f'attachment; filename="sensor-node_rev_C-7-express.{kind}"'
    )


def test_the_json_says_what_was_chosen_and_on_what_the_price_rests(visitor, address):
    said = visitor.get(address("10-standard.json", quantities="10", finish="hasl")).json

    assert (said["options"]["finish"], said["currency"], said["quantity"]) == ("hasl", "EUR", 10)
    assert said["rate_card"] == "house-2026-11"
    assert set(said["shop_versions"]) > {"rates.toml", "catalogue.csv"}
    assert said["promise"]["steps"]


def test_a_cell_that_was_not_asked_for_is_not_there(visitor, address):
    assert visitor.get(address("77-standard.csv", quantities="10")).status_code == 404


def test_a_wrong_choice_is_said_and_nothing_is_downloaded(visitor, address):
    answer = visitor.get(address("10-standard.csv", quantities="0"))

    assert answer.status_code == 422
    assert "“0” is not a quantity" in answer.text


def test_what_somebody_else_uploaded_is_not_there(portal, address):
    assert portal.browser().get(address("10-standard.csv", quantities="10")).status_code == 404


@KINDS
def test_a_frozen_price_adds_up_to_the_cent_too(portal, anna, recomputed, kind):
    answer = anna.post(f"/designs/{portal.design(anna)}/quotes", {"quantities": "10, 100"})
    page = anna.visit(answer.headers["Location"] + "?cell=100-express")
    [address] = [href for href in page.links() if href.endswith(f"/100-express.{kind}")]

    assert recomputed(anna.get(address)).returncode == 0


def test_what_has_no_price_has_an_empty_amount(portal, visitor):
    line = boards.BomLine(1, ("U7",), mpn="=U7")
    reference = portal.design(visitor, boards.sensor_node(bom=(line,)))
    answer = visitor.get(f"/designs/{reference}/prices/10-standard.csv?quantities=10")

    assert "unpriced,'=U7,,,,,=U7 is in no catalogue" in answer.text.replace("'=U7 is", "=U7 is")


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"; filename="x.exe', "基板", "", "\r\nX-Bad: 1"])
def test_the_name_of_a_board_makes_no_path_and_no_header(app, name):
    from test_price_matrix import cell

    with app.test_request_context():
        answer = download(cell().sheet, {"currency": "EUR"}, kind="csv", name=name)

    told = answer.headers["Content-Disposition"]
    assert told.count('"') == 2
    assert not set("/\\\r\n") & set(told)
