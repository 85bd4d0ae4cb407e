"""Small layers as lists of things, written as Gerber in either unit: for laws that hold for every layer."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

PENS = {10: "C,0.5", 11: "R,2X1", 12: "O,1X3", 13: "P,2X6", 14: "C,2X1"}  # in millimetres
UM_PER_INCH = 25_400


@dataclass(frozen=True)
class Thing:
    """What one or two statements draw. Places and steps are micrometres, so that both units hold them exactly."""

    kind: str  # flash, stroke, box
    pen: int
    x: int
    y: int
    dx: int = 0
    dy: int = 0
    is_clear: bool = False

    def moved(self, dx: int, dy: int) -> "Thing":
        return replace(self, x=self.x + dx, y=self.y + dy)

    def body(self, scale: int) -> str:
        """As statements; `scale` is how many of the file's smallest steps are a micrometre."""
        x0, y0, x1, y1 = (n * scale for n in (self.x, self.y, self.x + self.dx, self.y + self.dy))
        polarity = f"%LP{'C' if self.is_clear else 'D'}*%\n"
        if self.kind == "flash":
            return f"{polarity}D{self.pen}*\nX{x0}Y{y0}D03*\n"
        if self.kind == "stroke":
            return f"{polarity}D10*\nX{x0}Y{y0}D02*\nX{x1}Y{y1}D01*\n"
        corners = "".join(f"X{x}Y{y}D01*\n" for x, y in ((x1, y0), (x1, y1), (x0, y1), (x0, y0)))
        return f"{polarity}G36*\nX{x0}Y{y0}D02*\n{corners}G37*\n"


def in_millimetres(things: list[Thing], *, before: str = "", after: str = "") -> bytes:
    pens = "".join(f"%ADD{code}{shape}*%\n" for code, shape in PENS.items())
    body = "".join(thing.body(1) for thing in things)
    return f"%FSLAX43Y43*%\n%MOMM*%\n{pens}{before}{body}{after}M02*\n".encode()


def in_inches(things: list[Thing]) -> bytes:
    """A micrometre is no whole number of inch steps: these scenes lie on a grid of 25.4 µm."""
    pens = "".join(f"%ADD{code}{_inch_shape(shape)}*%\n" for code, shape in PENS.items())
    body = "".join(_on_inch_grid(thing).body(1) for thing in things)
    return f"%FSLAX33Y33*%\n%MOIN*%\n{pens}{body}M02*\n".encode()


def _inch_shape(shape: str) -> str:
    template, sizes = shape.split(",")
    words = sizes.split("X")
    lengths = words[:1] if template == "P" else words
    return template + "," + "X".join([*(f"{float(w) / 25.4:.9f}" for w in lengths), *words[len(lengths) :]])


def _on_inch_grid(thing: Thing) -> Thing:
    x, y, dx, dy = (n * 1_000 // UM_PER_INCH for n in (thing.x, thing.y, thing.dx, thing.dy))
    return replace(thing, x=x, y=y, dx=dx, dy=dy)


STEP = UM_PER_INCH // 10  # a tenth of an inch: whole in both units
place = st.integers(-20, 20).map(lambda n: n * STEP)
size = st.integers(1, 6).map(lambda n: n * STEP)


def things(*, clear: bool = True) -> st.SearchStrategy[list[Thing]]:
    one = st.builds(
        Thing,
        kind=st.sampled_from(["flash", "stroke", "box"]),
        pen=st.sampled_from(list(PENS)),
        x=place,
        y=place,
        dx=size,
        dy=size,
        is_clear=st.booleans() if clear else st.just(value=False),
    )
    return st.lists(one, min_size=1, max_size=12)
