"""
Work bound by waiting for another service: reads a table page by page, as with a paginator of boto3. The table
is simulated, so that nothing has to be installed; with boto3 it would be
`boto3.client("dynamodb").get_paginator("scan")`.
"""

import decimal
import logging

from table import Table

logger = logging.getLogger()
logger.setLevel(logging.INFO)

# Made once for each environment, as clients are.
table = Table(pages=4, items_per_page=25)


def lambda_handler(event, context):
    """Event: {"sku": "..."}. Answers how many were ordered, and what they cost: a Decimal, as boto3 has it."""
    ordered = 0
    total = decimal.Decimal(0)
    for number, page in enumerate(table.get_paginator("scan").paginate(TableName="orders")):
        for item in page["Items"]:
            if item["sku"] == event["sku"]:
                ordered += item["count"]
                total += item["count"] * item["price"]
        logger.info("page %d read, %d ms left", number + 1, context.get_remaining_time_in_millis())
    return {"sku": event["sku"], "ordered": ordered, "total": total}
