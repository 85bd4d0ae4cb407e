"""A code of six digits or from paper; the name of a passkey; a token for a program."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length


class CodeForm(FlaskForm):
    code = StringField("Code", [InputRequired("Please give the code."), Length(max=32)])


class TokenForm(FlaskForm):
    name = StringField("What it is for", [InputRequired("Please name the program."), Length(max=80)])
    scope = RadioField(
        "What it may do",
        choices=[
            SelectChoice("read", "Read boards, prices and orders"),
            SelectChoice("write", "Read, and send packages in"),
        ],
        default="read",
    )
    days = SelectField(
        "How long",
        choices=[SelectChoice("30", "30 days"), SelectChoice("90", "90 days"), SelectChoice("365", "a year")],
        default="90",
    )
