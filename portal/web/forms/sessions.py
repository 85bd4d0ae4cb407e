"""Signing in with a password, and choosing a new one."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

LONGEST = Length(max=512, message="At most 512 characters, please.")

LONG_ENOUGH = Length(min=12, max=512, message="A password needs at least 12 characters.")


class PasswordForm(FlaskForm):
    """Ids of their own: it stands on one page with the form for a link."""

    email = EmailField(
        "E-mail address", [InputRequired("Please give your address."), Length(max=254)], id="staff-email"
    )
    password = PasswordField("Password", [InputRequired("Please give your password."), LONGEST])


class NewPasswordForm(FlaskForm):
    current = PasswordField("Password so far, or the one you were given", [InputRequired("Please give it."), LONGEST])
    password = PasswordField("New password", [InputRequired("Please choose one."), LONG_ENOUGH])
    repeated = PasswordField("The new password again", [EqualTo("password", "The two are not the same.")])
