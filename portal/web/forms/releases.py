"""What a customer sends to change a release: the day, the reason, and the price that stood on the page."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, TextAreaField
from wtforms.validators import Length, Regexp

from portal.web.forms.sales import not_blank, present, stripped

PRICE = Regexp(r"[0-9]{1,9}\.[0-9]{2}\Z")


class MoveReleaseForm(FlaskForm):
    price = HiddenField(validators=[PRICE])
    day = DateField("Leaves our door by", [present("a day")])
    reason = TextAreaField("Why", [not_blank, Length(max=300)], filters=[stripped])


class FewerBoardsForm(FlaskForm):
    price = HiddenField(validators=[PRICE])
    boards = HiddenField(validators=[Regexp(r"[0-9]{1,7}\Z", message="Please give a whole number of boards.")])
    reason = TextAreaField("Why", [not_blank, Length(max=300)], filters=[stripped])


class CancelReleaseForm(FlaskForm):
    price = HiddenField(validators=[PRICE])
    reason = TextAreaField("Why", [not_blank, Length(max=300)], filters=[stripped])
