from ..prices import PRICE


def handler(event, context):
    return [PRICE, __name__]
