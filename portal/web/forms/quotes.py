"""Accepting a quote, or declining it."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput


def stripped(text: str | None) -> str:
    return (text or "").strip()


class AcceptanceForm(FlaskForm):
    """`sha256` is the revision that was shown, `agreed` the day: neither is accepted unseen when it has changed."""

    cell = HiddenField(validators=[Regexp(r"[0-9]{1,3}\Z")])
    sha256 = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])
    agreed = DateField(validators=[Optional()], widget=HiddenInput())
    customer_po = StringField(
        "Your purchase order number",
        [DataRequired("Please give the number of your order."), Length(max=80)],
        filters=[stripped],
    )


class DifferenceForm(FlaskForm):
    """`sha256`: of the difference that was shown."""

    cell = HiddenField(validators=[Regexp(r"[0-9]{1,6}-[a-z]{1,20}\Z")])
    sha256 = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])
    customer_po = StringField(
        "Your purchase order number",
        [DataRequired("Please give the number of your order."), Length(max=80)],
        filters=[stripped],
    )


class DeclineForm(FlaskForm):
    reason = TextAreaField("Why? (It helps us, and may stay empty.)", [Length(max=500)], filters=[stripped])


class CloneForm(FlaskForm):
    design = HiddenField(validators=[Regexp(r"[-_A-Za-z0-9]{1,64}\Z")])
    takes_its_place = BooleanField("It takes the place of this one once it is binding")


class QuestionForm(FlaskForm):
    text = TextAreaField("Text", [DataRequired("Please write something."), Length(max=4000)])
