"""What the customer says of single layers of an ODB++ job outranks the job's own list."""

import pytest
from odb_jobs_made import COPPER, LAYERS, files, matrix, members
from packages_made import zipped

from portal.board.design import FileRole, Side
from portal.intake.corrections import Corrections, RoleSaid
from portal.intake.reading import read_in_stages

MORE = (*LAYERS, ("notes", "DOCUMENT"))
NOTES = {"matrix/matrix": matrix(MORE), "steps/pcb/layers/notes/features": COPPER}


def features(layer: str) -> str:
    return f"odbjob/steps/pcb/layers/{layer}/features"


def read(tmp_path, **said: RoleSaid):
    packed = {member.name: member.data for member in members(files() | NOTES)}
    (tmp_path / "job.zip").write_bytes(zipped(packed))
    roles = {features(layer): role for layer, role in said.items()}
    return next(read_in_stages(tmp_path / "job.zip", name="job", corrections=Corrections(roles=roles))).design


def test_without_a_word_the_list_is_believed(tmp_path):
    design = read(tmp_path)

    assert design.board.copper_layers == len([kind for _, kind in LAYERS if kind in {"SIGNAL", "POWER_GROUND"}])


def test_a_layer_that_is_said_to_be_a_drawing_is_made_no_more(tmp_path):
    before = read(tmp_path).board.copper_layers
    inner = next(name for name, kind in LAYERS[1:] if kind in {"SIGNAL", "POWER_GROUND"})

    assert read(tmp_path, **{inner: RoleSaid(FileRole.DRAWING)}).board.copper_layers == before - 1


def test_a_document_that_is_said_to_be_copper_is_a_layer(tmp_path):
    before = read(tmp_path).board.copper_layers

    assert read(tmp_path, notes=RoleSaid(FileRole.COPPER)).board.copper_layers == before + 1


@pytest.mark.parametrize(("side", "openings"), [(Side.TOP, (1, None)), (Side.BOTTOM, (None, 1))])
def test_the_side_that_is_said_is_the_side(tmp_path, side, openings):
    paste = read(tmp_path, notes=RoleSaid(FileRole.PASTE, side=side)).board.paste

    assert (paste.top or None, paste.bottom or None) == openings


def test_the_files_table_shows_what_was_said(tmp_path):
    [file] = [file for file in read(tmp_path, notes=RoleSaid(FileRole.PASTE)).files if file.name == features("notes")]

    assert (file.role, file.evidence) == (FileRole.PASTE, "you said so")
