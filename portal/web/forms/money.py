"""Who a company is on an invoice, and what sales decide about money."""

from itertools import starmap

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from portal.models.payments import Way
from portal.services.tax import COUNTRIES
from portal.web.forms.sales import a_decimal, not_blank, stripped


def present(what: str) -> DataRequired:
    """A space is nothing here: it is printed on the invoice."""
    return DataRequired(f"Please give {what}.")


class WayForm(FlaskForm):
    way = HiddenField(validators=[Regexp("|".join(rf"{way}\Z" for way in Way))])


class BillingForm(FlaskForm):
    """An address as an invoice prints it."""

    name = StringField("Company or person", [present("a name"), Length(max=120)], filters=[stripped])
    street = StringField("Street and number", [present("the street"), Length(max=120)], filters=[stripped])
    more = StringField("Second line (may stay empty)", [Length(max=120)], filters=[stripped])
    postal_code = StringField("Postal code", [Length(max=12)], filters=[stripped])
    city = StringField("City", [present("the city"), Length(max=80)], filters=[stripped])
    country = SelectField(
        "Country", choices=[SelectChoice("", "choose one"), *starmap(SelectChoice, COUNTRIES.items())], default=""
    )
    email = StringField("E-mail for invoices", [present("an address"), Length(max=200)], filters=[stripped])
    vat_id = StringField("VAT id (may stay empty)", [Length(max=30)], filters=[stripped])
    is_business = BooleanField("This is a business", default=True)


class TermsForm(FlaskForm):
    limit = StringField("Credit limit that you would like", [a_decimal(2, largest=8)], filters=[stripped])


class ApprovalForm(FlaskForm):
    limit = StringField("Credit limit, gross", [a_decimal(2, largest=8)], filters=[stripped])
    days = StringField(
        "Days after the invoice", [Regexp(r"[0-9]{1,3}\Z", message="Please give whole days.")], filters=[stripped]
    )
    reason = StringField("Why", [not_blank, Length(max=300)], filters=[stripped])


class ReasonForm(FlaskForm):
    reason = StringField("Why", [not_blank, Length(max=300)], filters=[stripped])


class RefundForm(FlaskForm):
    """`attempt`: the payment that it goes back by; empty: a bank transfer."""

    attempt = SelectField("It goes back by", choices=[SelectChoice("", "bank transfer")], default="")
    amount = StringField("Amount, gross", [a_decimal(2, largest=9)], filters=[stripped])
    reason = TextAreaField("Why", [not_blank, Length(max=300)], filters=[stripped])


class TransferForm(FlaskForm):
    bank_reference = StringField("Reference of the bank", [present("it"), Length(max=80)], filters=[stripped])


class CreditNoteForm(FlaskForm):
    net = StringField("Amount, net", [a_decimal(2, largest=9)], filters=[stripped])
    reason = TextAreaField("Why (the customer reads it)", [not_blank, Length(max=300)], filters=[stripped])
