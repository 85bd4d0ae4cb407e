"""What sales enter: lines, dates and decisions on a quote; invoices, payments and holds on an order."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

ORDER, BOARD = "order", "board"
PER = (SelectChoice(ORDER, "for the whole order"), SelectChoice(BOARD, "for each board"))
NOTHING = SelectChoice("", "no part: it is an adjustment")


def stripped(text: str | None) -> str:
    return (text or "").strip()


def present(what: str) -> InputRequired:
    return InputRequired(f"Please give {what}.")


def a_decimal(places: int, *, signed: bool = False, largest: int = 7) -> Regexp:
    """ASCII digits only, because a figure in another script is read by nobody who checks it."""
    example = "-12.50" if signed else "12.50"
    return Regexp(
        rf"{'-?' if signed else ''}[0-9]{{1,{largest}}}(\.[0-9]{{1,{places}}})?\Z",
        message=f"Please give a figure such as {example}, with at most {places} digits after the point.",
    )


def not_blank(_form: FlaskForm, field: StringField) -> None:
    if not field.data:
        raise ValidationError("Please write one sentence. The customer and the auditor read it.")


def not_blank_inside(_form: FlaskForm, field: StringField) -> None:
    if not field.data:
        raise ValidationError("Please write one sentence. Only your colleagues read it.")


class RevisionForm(FlaskForm):
    """`sha256` is the revision that was shown, so that a double click or an old tab changes nothing."""

    sha256 = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])


class LineForm(RevisionForm):
    """One more line: quantity × rate, signed, for the order or for each of its boards."""

    label = StringField("What it is", [present("a name"), Length(max=80)], filters=[stripped])
    settles = SelectField("Gives a price to", choices=[NOTHING], default="")
    quantity = StringField("Quantity", [a_decimal(3)], filters=[stripped], default="1")
    unit = StringField("Unit", [present("a unit"), Length(max=20)], filters=[stripped], default="times")
    per = SelectField("The quantity is", choices=PER)
    rate = StringField("Rate, net", [a_decimal(6, signed=True)], filters=[stripped])
    cells = SelectMultipleField("Cells", [present("at least one cell")], coerce=int)
    reason = TextAreaField("Why", [not_blank, Length(max=300)], filters=[stripped])


PER_CENT, AMOUNT = "per-cent", "amount"
KINDS = (SelectChoice(PER_CENT, "per cent"), SelectChoice(AMOUNT, "an amount, net"))
WHOLE = SelectChoice("", "the total")


class DiscountForm(RevisionForm):
    """So much off the total or off one group of lines; the customer reads its name and its reason."""

    label = StringField("Its name on the quote", [present("a name"), Length(max=80)], filters=[stripped])
    figure = StringField("How much", [a_decimal(2)], filters=[stripped])
    kind = SelectField("In", choices=KINDS)
    of = SelectField("Off", choices=[WHOLE], default="")
    cells = SelectMultipleField("Cells", [present("at least one cell")], coerce=int)
    reason = TextAreaField("Why", [not_blank, Length(max=300)], filters=[stripped])


class NoteForm(RevisionForm):
    text = TextAreaField("Note to the customer", [Length(max=2000)], filters=[stripped])


class InternalNoteForm(RevisionForm):
    text = TextAreaField("Your note", [not_blank_inside, Length(max=2000)], filters=[stripped])


class ProposalForm(RevisionForm):
    """`number` is the proposal that was shown: another one is not decided unseen."""

    number = HiddenField(validators=[Regexp(r"[0-9]{1,9}\Z")])


class ApprovalForm(ProposalForm):
    reason = StringField("Why you agree", [not_blank_inside, Length(max=300)], filters=[stripped])


class AgainstForm(ProposalForm):
    reason = StringField("Why not", [not_blank_inside, Length(max=300)], filters=[stripped])


class DateForm(RevisionForm):
    day = DateField("Leaves our door by", [present("a day")])
    cells = SelectMultipleField("Cells", [present("at least one cell")], coerce=int)
    reason = TextAreaField("What it waits for", [not_blank, Length(max=300)], filters=[stripped])


class HeldDateForm(RevisionForm):
    cell = SelectField("Cell", coerce=int)
    days = SelectField("Until the cut-off in", coerce=int, default=3)


class FirmForm(RevisionForm):
    reason = StringField("A note on this revision (may stay empty)", [Length(max=300)], filters=[stripped])


class RefusalForm(RevisionForm):
    reason = TextAreaField("Why", [not_blank, Length(max=300)], filters=[stripped])


class MoveForm(FlaskForm):
    day = DateField("Leaves our door by", [present("a day")])
    reason = TextAreaField("Why, as the customer will read it", [not_blank, Length(max=300)], filters=[stripped])


class InvoiceForm(FlaskForm):
    number = StringField("Number of the invoice", [present("its number"), Length(max=40)], filters=[stripped])


class PaymentForm(FlaskForm):
    amount = StringField("Amount received", [a_decimal(2, largest=9)], filters=[stripped])
    bank_reference = StringField("Reference of the bank", [present("it"), Length(max=80)], filters=[stripped])


WHO_MUST_ACT = ("customer", "sales", "floor", "purchasing", "supplier")


class HoldForm(FlaskForm):
    """`number` is the one that the hold will get: sent twice, it is the same hold and refused as such."""

    number = HiddenField(validators=[Regexp(r"[0-9]{1,5}\Z")])
    about = StringField("What is wrong", [present("a sentence"), Length(max=200)], filters=[stripped])
    who_must_act = SelectField("Who must act", choices=[SelectChoice(who, who.capitalize()) for who in WHO_MUST_ACT])


class ClosingForm(FlaskForm):
    reason = StringField("What has been settled", [not_blank, Length(max=300)], filters=[stripped])
