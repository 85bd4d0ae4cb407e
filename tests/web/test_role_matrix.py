"""Who may enter where: one table of every address and every kind of person, and nothing outside it."""

import re

import pytest
from inhabited import inhabit, noun

WHO = ("stranger", "uploader", "closed", "revoked", "buyer", "colleague", "other", "floor", "sales", "admin")

# + let in (a page, a file, or a sentence about what was sent)   - 404   s sent to sign in
# In the order of WHO: four without an account, three customers, three of the house.
EVERYBODY = "++++++++++"
SIGNED_IN = "ssss++++++"
OF_THE_COMPANY = "----++-+++"
SIGNED_IN_OF_THE_COMPANY = "ssss++-+++"
BUYERS = "ssss+-----"
OF_THE_COMPANY_AND_SALES = "ssss++--++"
BUYERS_AND_SALES = "ssss+---++"
ANY_BUYER = "ssss+-+---"
OF_CUSTOMERS = "ssss+++---"
ADMIN = "ssss-----+"
NOTHING_THERE = "ssss------"
STAFF = "ssss---+++"
SALES = "ssss----++"

TABLE = {
    EVERYBODY: """static hooks.stripe api.description api.open_package pages.home pages.health links.show links.use
        links.sent outbox.index outbox.show packages.example progress.show progress.events
        prices.recompute both_ways.founding sessions.create sessions.link sessions.new""",
    SIGNED_IN: """api_orders.orders orders.index quotes.index sessions.end sessions.password sessions.set_password
        account.show account.end_session account.end_others account.letters account.new_token account.end_token
        factors.show factors.prove factors.ask_passkey factors.prove_passkey factors.first factors.begin factors.confirm
        factors.remove_app factors.new_codes factors.ask_new_passkey factors.add_passkey factors.remove_passkey""",
    OF_THE_COMPANY: """api.design api.prices api.package api.put_file api.start_reading designs.show designs.picture
        designs.layer designs.viewer designs.events
        prices.show prices.cell prices.advice both_ways.design wanted.show quotes.create
        packages.show packages.events packages.read
        corrections.files corrections.correct_files corrections.take corrections.outline corrections.look
        corrections.reading corrections.events corrections.confirm_rotations columns.show columns.events
        columns.name_columns
        revisions.new revisions.opened revisions.changes call_off_plans.show call_off_plans.keep""",
    OF_CUSTOMERS: "payments.billing company.show corrections.remembered corrections.forgotten",
    SIGNED_IN_OF_THE_COMPANY: """releases.show api_orders.quote api_orders.order orders.show orders.events quotes.show
        papers.show quotes.cell quotes.document quotes.events comparisons.show late.show
        payments.show payments.events""",
    BUYERS_AND_SALES: "cancellations.show cancellations.cancel",
    BUYERS: """releases.move releases.fewer releases.cancel quotes.accept quotes.decline late.order
        payments.start payments.cancel""",
    OF_THE_COMPANY_AND_SALES: "questions.new questions.reply clones.create",
    ANY_BUYER: """payments.change_billing payments.ask_terms
        company.name company.invite company.withdraw company.set_role company.remove company.data
        company.ask_erasure company.keep_data""",
    ADMIN: "sales.erasure",
    NOTHING_THERE: "sales.erase_company sales.release_date",
    STAFF: """floor.lots floor.lot floor.report sales.promises sales.capacity
        sales.goods sales.goods_of sales.note_arrival_now""",
    SALES: """sales.jobs sales.retry sales.orders sales.order sales.hold sales.close sales.invoice sales.payment
        sales.outbox sales.letter sales.quotes sales.quote sales.enter_date sales.firm sales.decline sales.add_line
        sales.confirm sales.compare_quote sales.give_discount sales.write_note sales.write_internally
        sales.approve_proposal sales.refuse_proposal sales.withdraw_proposal
        sales.hold_date sales.pass_gate_now
        sales.money sales.issue sales.credit_note sales.refund sales.approve sales.refuse sales.transfer
        sales.confirm_vat sales.credit sales.approve_credit sales.end_credit sales.reconciliation
        sales.rates sales.compare_rates sales.draft_rates sales.try_rates sales.save_version
        sales.rate_trial sales.rate_trial_events
        sales.shop sales.shop_part sales.move_date sales.choose_pace sales.choose_noise sales.order_part_now""",
}
EXPECTED = {endpoint: answers for answers, endpoints in TABLE.items() for endpoint in endpoints.split()}

# A board that nobody has kept belongs to the browser that sent it, and staff may look.
UNCLAIMED = "-+-----+++"

# Last, and in this order: one ends a session, the other opens one.
LAST = ("sessions.end", "links.use")


@pytest.fixture
def there(portal):
    return inhabit(portal)


def rules_of(app):
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in EXPECTED]
    return sorted(rules, key=lambda rule: (rule.endpoint in LAST, *map(rule.endpoint.__eq__, LAST[1:])))


def kind(rule, answer):
    """One of the three signs of the table; a PDF that waits for its job is a page of ours, not a refusal."""
    if answer.location == "/sessions/new":
        return "s"
    is_waiting = rule.endpoint == "quotes.document" and "There is no such" not in answer.text
    return "-" if answer.status_code == 404 and not is_waiting else "+" if answer.status_code < 500 else "!"


def answers_to(there, who, rules, things):
    token = there.people[who].token()
    return [kind(rule, there.ask(who, rule, things, token)) for rule in rules]


def table_of(there, rules, things):
    """What happens, in the shape of the table."""
    columns = [answers_to(there, who, rules, things) for who in WHO]
    return {rule.endpoint: "".join(row) for rule, *row in zip(rules, *columns, strict=True)}


def test_every_address_stands_in_the_table(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(EXPECTED)


def test_no_address_stands_in_the_table_twice():
    assert sum(len(endpoints.split()) for endpoints in TABLE.values()) == len(EXPECTED)


def test_the_table_is_what_happens(there):
    assert table_of(there, rules_of(there.portal.app), there.things) == EXPECTED


def test_a_board_that_nobody_kept_is_seen_by_its_browser_and_by_staff(there):
    rules = [rule for rule in rules_of(there.portal.app) if noun(rule) in {"package", "design"} and rule.arguments]

    assert set(table_of(there, rules, there.unclaimed).values()) == {UNCLAIMED}


@pytest.mark.parametrize("who", ["stranger", "other", "closed", "revoked"])
def test_a_refusal_says_the_same_whether_the_thing_is_there_or_not(there, who):
    nothing = there.things | dict.fromkeys(("package", "design", "quote", "order", "lot"), "nobody-knows")
    for rule in rules_of(there.portal.app):
        if rule.methods & {"GET"} and "reference" in rule.arguments:
            real, unreal = (there.people[who].get(there.path(rule, things)) for things in (there.things, nothing))
            assert (real.status_code, said(real)) == (unreal.status_code, said(unreal)), rule.rule


def said(answer):
    """The page but for its token, which is new each time."""
    return re.sub(r'(csrf-token" content|csrf_token"[^>]*value)="[^"]*"', "", answer.text)
