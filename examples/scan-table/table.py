"""Stands in for a table that is asked over the network: each page takes its time and no processor."""

import decimal
import time

PAGE_SECONDS = (0.045, 0.030, 0.035, 0.040)


class Table:
    def __init__(self, pages, items_per_page):
        self._pages = pages
        self._items_per_page = items_per_page

    def get_paginator(self, operation):
        return self

    def paginate(self, TableName):
        for page in range(self._pages):
            time.sleep(PAGE_SECONDS[page % len(PAGE_SECONDS)])
            yield {"Items": [self._item(at) for at in range(self._items_per_page)]}

    def _item(self, at):
        if at % 5 == 0:
            return {"sku": "kettle", "count": 1, "price": decimal.Decimal("19.99")}
        return {"sku": "tea", "count": 2, "price": decimal.Decimal("4.50")}
