"""Words as CAD tools print them: strokes on a grid of 2 × 4, scaled to a height that includes the pen."""

from boards import together, track

from portal.board.artwork import Artwork

PEN = 0.12
STROKES = {
    "R": "00-04 04-24 24-22 22-02 12-20",
    "C": "20-00 00-04 04-24",
    "I": "00-04",
    "7": "04-24 24-00",
    "8": "00-20 20-24 24-04 04-00 02-22",
    "T": "04-24 14-10",
    "-": "02-22",
}


def word(text: str, x: float, y: float, height: float, pen: float = PEN) -> Artwork:
    step = (height - pen) / 4
    lines = []
    for number, letter in enumerate(text):
        for stroke in STROKES[letter].split():
            (x0, y0), (x1, y1) = [(int(end[0]), int(end[1])) for end in stroke.split("-")]
            left = x + number * 3 * step
            lines.append(track(left + x0 * step, y + y0 * step, left + x1 * step, y + y1 * step, pen))
    return together(*lines)
