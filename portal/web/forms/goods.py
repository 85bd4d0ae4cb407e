"""What staff note of parts: which were ordered and when they come, and which came."""

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from portal.web.forms.sales import present, stripped

COUNT = Regexp(r"[0-9]{1,8}\Z", message="Please give a whole number, such as 250.")
SIGNED = Regexp(r"-?[0-9]{1,8}\Z", message="Please give a whole number, such as 250; with a minus it is taken back.")


class OrderedForm(FlaskForm):
    part = SelectField("Part")
    quantity = StringField("How many", [COUNT], filters=[stripped])
    on = DateField("Ordered on", [present("a day")])
    expected_on = DateField("The supplier says it comes on", [Optional()])


class ArrivedForm(FlaskForm):
    part = SelectField("Part")
    quantity = StringField("How many", [SIGNED], filters=[stripped])
    on = DateField("Came on", [present("a day")])
    reason = StringField("If it is taken back, why", [Length(max=300)], filters=[stripped])
