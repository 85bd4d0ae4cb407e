"""A new version of the rate card: its text, why, and the version from which its author began."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from portal.web.forms.sales import stripped

LONGEST = 400_000


def unix_lines(text: str | None) -> str:
    """Browsers send lines as Windows does; kept so, every line would differ from the version before."""
    return (text or "").replace("\r\n", "\n")


class RatesForm(FlaskForm):
    text = TextAreaField(
        "The card", [InputRequired("Please give its text."), Length(max=LONGEST)], filters=[unix_lines]
    )
    reason = StringField("Why", [Length(max=300)], filters=[stripped])
    based_on = HiddenField(validators=[Regexp(r"[0-9]{1,6}\Z")])
