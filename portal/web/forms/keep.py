"""An e-mail address that we shall write to: to keep prices as a quote, or to sign in."""

from flask_wtf import FlaskForm
from wtforms import EmailField, Field
from wtforms.validators import InputRequired, Length, ValidationError

from portal.errors import BadInput
from portal.services.accounts import clean_email


def an_address(_form: FlaskForm, field: Field) -> None:
    try:
        field.data = clean_email(field.data)
    except BadInput as fault:
        raise ValidationError(fault.sentence) from fault


class EmailForm(FlaskForm):
    email = EmailField("Your e-mail address", [InputRequired("Please give an address."), Length(max=254), an_address])
