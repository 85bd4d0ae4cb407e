"""Job files and netlists beside the layers: their contradictions are findings that name the file."""

import json

from packages_made import BOM, board_files, found_codes, read_of

from portal.board.design import FileRole

JOB = {
    "Header": {"GenerationSoftware": {"Vendor": "KiCad", "Application": "Pcbnew", "Version": "8.0"}},
    "GeneralSpecs": {"Size": {"X": 20.05, "Y": 15.05}, "LayerNumber": 2, "BoardThickness": 1.6},
}
# Two pins of R1, in ten-thousandths of an inch, as KiCad writes them.
NETLIST = b"""P  CODE 00
P  UNITS CUST 0
327GND              R1    -1          A01X+001654Y+001969X0315Y0394R000S2
327VCC              R1    -2          A01X+002283Y+001969X0315Y0394R000S2
999
"""


def job(**specs):
    return json.dumps(JOB | {"GeneralSpecs": JOB["GeneralSpecs"] | specs}).encode()


def findings_of(tmp_path, **files):
    named = {name.replace("__", "."): data for name, data in files.items()}
    return read_of(tmp_path, board_files() | named)


def test_a_job_file_that_agrees_says_nothing(tmp_path):
    reading = findings_of(tmp_path, board__gbrjob=job())

    assert not {code for code in found_codes(reading) if code.startswith("job-")}


def test_a_job_file_that_counts_other_layers_is_named(tmp_path):
    reading = findings_of(tmp_path, board__gbrjob=job(LayerNumber=4))
    [found] = [finding for finding in reading.design.findings if finding.code == "job-layers-differ"]

    assert (found.where, reading.design.board.copper_layers) == ("board.gbrjob", 2)


def test_a_job_file_that_is_none_does_no_harm(tmp_path):
    reading = findings_of(tmp_path, board__gbrjob=b'{"Header": ')

    assert reading.design.board.width_mm == 20


def test_without_a_centroid_the_netlist_tells_where_parts_lie(tmp_path):
    reading = findings_of(tmp_path, board__ipc=NETLIST, bom__csv=BOM)
    [placement] = [placement for placement in reading.design.placements if placement.designator == "R1"]

    assert placement.estimated
    assert (round(placement.x_mm, 1), round(placement.y_mm, 1)) == (5.0, 5.0)


def test_a_netlist_is_a_netlist_and_no_layer(tmp_path):
    reading = findings_of(tmp_path, board__ipc=NETLIST)
    roles = {file.name: file.role for file in reading.design.files}

    assert roles["board.ipc"] is FileRole.NETLIST


def test_a_netlist_says_what_it_lets_be_tested(tmp_path):
    reading = findings_of(tmp_path, board__ipc=NETLIST)
    [found] = [finding for finding in reading.design.findings if finding.code == "netlist-points"]

    assert (found.where, found.message.split(" for ")[0]) == ("board.ipc", "names 2 nets with 2 test points")
