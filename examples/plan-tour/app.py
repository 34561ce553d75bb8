"""Work bound by one CPU: finds a short tour through places, and shortens it as long as that is possible."""

import math


def lambda_handler(event, context):
    """
    Event: {"places": how many, "step": how far apart they are strewn}. Answers the tour and its length, and
    how long it was before it was shortened.
    """
    places = strew(event["places"], event["step"])
    distance = [[math.dist(one, other) for other in places] for one in places]
    tour = nearest_first(distance)
    before = length_of(tour, distance)
    shorten(tour, distance)
    return {"tour": tour, "before": round(before, 3), "length": round(length_of(tour, distance), 3)}


def strew(count, step):
    """Places in a square of side 1, the same ones every time."""
    return [((at * step) % 1, (at * at * step) % 1) for at in range(count)]


def nearest_first(distance):
    tour = [0]
    left = set(range(1, len(distance)))
    while left:
        here = tour[-1]
        nearest = min(left, key=lambda place: distance[here][place])
        left.remove(nearest)
        tour.append(nearest)
    return tour


def shorten(tour, distance):
    """Turns a part of the tour round wherever that shortens it (2-opt), until no turn does."""
    count = len(tour)
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for start in range(count - 1):
            for end in range(start + 2, count if start > 0 else count - 1):
                a, b = tour[start], tour[start + 1]
                c, d = tour[end], tour[(end + 1) % count]
                saved = distance[a][b] + distance[c][d] - distance[a][c] - distance[b][d]
                if saved > 1e-12:
                    tour[start + 1 : end + 1] = tour[start + 1 : end + 1][::-1]
                    is_shorter = True


def length_of(tour, distance):
    return sum(distance[place][tour[at - 1]] for at, place in enumerate(tour))
