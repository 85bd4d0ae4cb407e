"""Rectangles whose corners are round or cut off, as ODB++ and IPC-2581 name them."""

import numpy as np

from portal.board.shapes import Ring

CORNER_POINTS = 12
CORNERS = ((1, 1), (-1, 1), (-1, -1), (1, -1))  # the first is right and up, then counter-clockwise


def round_cornered(width: float, height: float, *, cut: float, corners: str) -> Ring:
    """`corners` names those that are round, counter-clockwise from right and up; none named is all."""
    radius = min(cut, width / 2, height / 2)
    points = []
    for number, (x, y) in enumerate(CORNERS, start=1):
        tip = np.array([x * width / 2, y * height / 2])
        if corners and str(number) not in corners:
            points.append(tip[None, :])
            continue
        angle = np.linspace(0, np.pi / 2, CORNER_POINTS) + (number - 1) * np.pi / 2
        centre = tip - radius * np.array([x, y])
        points.append(centre + radius * np.column_stack((np.cos(angle), np.sin(angle))))
    return np.concatenate(points)


def chamfered(width: float, height: float, *, cut: float, corners: str) -> Ring:
    cut = min(cut, width / 2, height / 2)
    points: list[Ring] = []
    for number, (x, y) in enumerate(CORNERS, start=1):
        tip = np.array([x * width / 2, y * height / 2])
        ends = [tip - (0, y * cut), tip - (x * cut, 0)]
        both = ends if x * y > 0 else ends[::-1]
        points += [tip] if corners and str(number) not in corners else both
    return np.array(points)
