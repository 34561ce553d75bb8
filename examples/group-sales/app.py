"""Work bound by memory: holds every sale of a year as an object of its own before it sums them up."""

import collections

Sale = collections.namedtuple("Sale", ["day", "shop", "cents", "receipt"])

RECEIPT_CHARACTERS = 1000


def lambda_handler(event, context):
    """Event: {"sales": how many}. Answers what the best shop sold, and on how many days."""
    sales = [read_sale(number) for number in range(event["sales"])]
    by_shop = collections.defaultdict(list)
    for sale in sales:
        by_shop[sale.shop].append(sale)
    best = max(by_shop.values(), key=lambda sold: (sum(sale.cents for sale in sold), sold[0].shop))
    return {
        "sales": len(sales),
        "shops": len(by_shop),
        "best": {
            "shop": best[0].shop,
            "cents": sum(sale.cents for sale in best),
            "days": len({sale.day for sale in best}),
        },
    }


def read_sale(number):
    """Stands in for a record of a file, with the whole text of its receipt."""
    shop = number % 40
    receipt = f"receipt {number}".ljust(RECEIPT_CHARACTERS)
    return Sale(number % 365, f"shop-{shop}", 100 + shop, receipt)
