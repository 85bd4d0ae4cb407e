"""What a customer corrects: the role of each file, the board, its edge, and what each column of a table is called."""

from collections.abc import Mapping, Sequence
from typing import Self

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Regexp

from portal.board.design import Design, FileRole, Side, SourceFile
from portal.errors import BadInput
from portal.intake.corrections import Corrections, RoleSaid

MOST_LAYERS = 64
# As the page offers it -> our words: role, and whether a drill file is plated.
KINDS: Mapping[str, tuple[str, FileRole, bool | None]] = {
    "copper": ("Copper", FileRole.COPPER, None),
    "mask": ("Solder mask", FileRole.MASK, None),
    "paste": ("Paste", FileRole.PASTE, None),
    "legend": ("Legend", FileRole.LEGEND, None),
    "outline": ("Outline", FileRole.OUTLINE, None),
    "drill": ("Drill", FileRole.DRILL, None),
    "drill-plated": ("Drill, plated", FileRole.DRILL, True),
    "drill-not-plated": ("Drill, not plated", FileRole.DRILL, False),
    "bom": ("Bill of materials", FileRole.BOM, None),
    "centroid": ("Centroid", FileRole.CENTROID, None),
    "netlist": ("Netlist", FileRole.NETLIST, None),
    "job": ("Gerber job file", FileRole.JOB, None),
    "board": ("Whole board in one file", FileRole.BOARD, None),
    "drawing": ("Drawing, not built from", FileRole.DRAWING, None),
    "document": ("For people to read", FileRole.DOCUMENT, None),
    "litter": ("Nothing of the board", FileRole.LITTER, None),
    "unknown": ("Not known", FileRole.UNKNOWN, None),
}
AS_FOUND = SelectChoice("", "as found")
SIDES = (AS_FOUND, SelectChoice("top", "Top"), SelectChoice("bottom", "Bottom"))
LAYERS = (AS_FOUND, *(SelectChoice(str(layer), f"L{layer}") for layer in range(1, MOST_LAYERS + 1)))
PART_OF_A_JOB = "part of an ODB++ job"  # its files mean something only together
A_NUMBER = Regexp(r"[0-9]{1,6}\Z")


class FileForm(Form):
    """One file; `number` is its place in the design, from 0."""

    number = HiddenField(validators=[A_NUMBER])
    role = SelectField("Role", choices=[SelectChoice(value, words) for value, (words, *_) in KINDS.items()])
    side = SelectField("Side", choices=SIDES)
    layer = SelectField("Layer", choices=LAYERS)

    @property
    def said(self) -> RoleSaid:
        _, role, plated = KINDS[self.role.data]
        side = Side(self.side.data) if self.side.data else None
        layer = int(self.layer.data) if self.layer.data and role is FileRole.COPPER else None
        return RoleSaid(role, side, layer, plated)

    def differs_from(self, file: SourceFile) -> bool:
        """What is left as found was not said."""
        said = self.said
        return (
            said.role is not file.role
            or said.plated is not None
            or said.side not in {None, file.side}
            or said.layer not in {None, file.layer}
        )


class FilesForm(FlaskForm):
    files = FieldList(FormField(FileForm))
    remember = BooleanField("Remember this for our next packages with files named like these", default=True)

    @classmethod
    def about(cls, design: Design) -> Self:
        """As the files are taken now."""
        rows = [
            {"number": str(at), "role": file.role.value, "side": file.side or "", "layer": str(file.layer or "")}
            for at, file in enumerate(design.files)
            if is_correctable(file)
        ]
        return cls(formdata=None, files=rows)

    def corrections(self, design: Design) -> Corrections:
        """Only what differs from what was found."""
        rows = [(file_of(design, row.form.number.data), row.form) for row in self.files]
        return Corrections(roles={file.name: row.said for file, row in rows if row.differs_from(file)})


def is_correctable(file: SourceFile) -> bool:
    return file.role is not FileRole.LITTER and file.evidence != PART_OF_A_JOB


def file_of(design: Design, number: str | None) -> SourceFile:
    at = int(number) if number and A_NUMBER.regex.match(number) else -1
    if not 0 <= at < len(design.files):
        raise BadInput("This is no file of the package. Reload the page and choose one of its list.")
    return design.files[at]


class OneOfForm(FlaskForm):
    """One of several names, sent as its number, because a name may be anything."""

    chosen = RadioField("Choose", [InputRequired("Please choose one.")])

    @classmethod
    def among(cls, labels: Sequence[str], sent: MultiDict[str, str] | None = None) -> Self:
        form = cls(formdata=sent)
        form.chosen.choices = [SelectChoice(str(at), label) for at, label in enumerate(labels)]
        return form

    @property
    def number(self) -> int:
        return int(self.chosen.data)
