"""The name of a company, and a colleague who is asked to join."""

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from portal.models.people import Role
from portal.web.forms.keep import an_address

ROLES = {Role.REQUESTER: "Asks for quotes", Role.BUYER: "Asks for quotes and buys"}


class NameForm(FlaskForm):
    name = StringField("Name of the company", [InputRequired("Please give a name."), Length(max=120)])


class InviteForm(FlaskForm):
    email = EmailField("E-mail address", [InputRequired("Please give an address."), Length(max=254), an_address])
    role = RadioField(
        "What they may do",
        choices=[SelectChoice(role.value, said) for role, said in ROLES.items()],
        default=Role.REQUESTER.value,
    )
