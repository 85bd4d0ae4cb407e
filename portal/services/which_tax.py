"""Which tax an order bears, by the shop's own table."""

from portal.costing.lines import CostGroup
from portal.models.orders import Order
from portal.production.taxing import Sale, Supply, TaxDecision, decide_tax
from portal.services.shop import ShopData


def sale_of(order: Order, shop: ShopData) -> Sale:
    """By the billing address and VAT id as they are now; the boards go to the billing address."""
    profile = order.company.billing
    if profile is None:
        return Sale(shop.company.country, shop.company.vat.rate.value, "", "")
    return Sale(
        seller_country=shop.company.country,
        home_rate=shop.company.vat.rate.value,
        buyer_country=profile.country,
        delivery_country=profile.country,
        delivery_postal_code=profile.postal_code,
        vat_id=profile.vat_id if profile.is_vat_id_checked else "",
        is_business=profile.is_business,
        supply=supply_of(order),
    )


def supply_of(order: Order) -> Supply:
    """Work, where the customer brings boards and parts; who buys either sells goods."""
    bought = {CostGroup.BOARDS, CostGroup.PARTS}
    return Supply.GOODS if any(line["group"] in bought for line in order.cell["lines"]) else Supply.WORK


def tax_of(order: Order, shop: ShopData) -> TaxDecision:
    return decide_tax(sale_of(order, shop), shop.tax)
