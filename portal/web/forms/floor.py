"""What is reported at a work centre."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Regexp

from portal.production.floor import FloorKind

COUNT = Regexp(r"[0-9]{1,7}\Z", message="A count is a whole number of boards, such as 12. Please count again.")


def or_none_counted(text: str | None) -> str:
    """A count that was left empty is none."""
    return (text or "").strip() or "0"


class ReportForm(FlaskForm):
    """`key` was made with the form, so that pressing its button twice is one report."""

    key = HiddenField(validators=[Regexp(r"[A-Za-z0-9_-]{16,64}\Z")])
    operation = HiddenField(validators=[Regexp(r"[0-9]{1,3}\Z")])
    kind = SelectField(choices=[kind.value for kind in FloorKind])
    good = StringField("Good", [COUNT], filters=[or_none_counted])
    failed = StringField("Failed", [COUNT], filters=[or_none_counted])
    scrapped = StringField("Scrapped", [COUNT], filters=[or_none_counted])

    @property
    def faults(self) -> list[str]:
        return list(dict.fromkeys(fault for faults in self.errors.values() for fault in faults))
