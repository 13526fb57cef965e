"""What the pictures are drawn with: the colours of `cleaner.report`, text, boxes, bars."""

from __future__ import annotations

import math
import re
import textwrap
from html import escape
from importlib.resources import files

from cleaner.article import Label

SCHEMES = ("light", "dark")

SANS = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
SERIF = "Charter, 'Iowan Old Style', Georgia, 'Noto Serif', 'DejaVu Serif', serif"
MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

_VARIABLE = re.compile(r"--([\w-]+): ([^;]+);")
_LABEL = re.compile(r"^([a-z, .]+) \{ --h: (\d+); --c: ([.\d]+); \}$", re.MULTILINE)

# From OKLab to the cone responses, and from these to linear sRGB (Björn Ottosson, 2020).
_TO_CONES = (
    (0.3963377774, 0.2158037573),
    (-0.1055613458, -0.0638541728),
    (-0.0894841775, -1.2914855480),
)
_TO_RGB = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_LINEAR = 0.0031308  # below it sRGB is a straight line


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """Give a colour of OKLCH as sRGB.

    >>> oklch(1, 0, 0), oklch(0, 0, 0)
    ('#ffffff', '#000000')
    """
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    cones = [(lightness + x * a + y * b) ** 3 for x, y in _TO_CONES]
    linear = [sum(x * cone for x, cone in zip(row, cones, strict=True)) for row in _TO_RGB]
    return "#" + "".join(f"{round(255 * _gamma(min(max(one, 0), 1))):02x}" for one in linear)


def _gamma(linear: float) -> float:
    return 12.92 * linear if linear <= _LINEAR else 1.055 * linear ** (1 / 2.4) - 0.055


def _style(name: str) -> str:
    return (files("cleaner.report") / "static" / name).read_text("utf-8")


class Paper:
    """A sheet in one colour scheme, and what has been drawn on it."""

    def __init__(self, scheme: str) -> None:
        light, _, rest = _style("base.css").partition("@media (prefers-color-scheme: dark)")
        dark, _, _ = rest.partition("@media")
        self.colours: dict[str, str] = dict(_VARIABLE.findall(light.partition("}")[0]))
        if scheme == "dark":
            self.colours |= dict(_VARIABLE.findall(dark))
        self._hues: dict[str, tuple[float, float]] = {}
        for names, hue, chroma in _LABEL.findall(_style("labels.css")):
            for name in names.replace(".", "").split(", "):
                self._hues[name] = float(hue), float(chroma)
        self.parts: list[str] = []

    def _of(self, label: Label, lightness: str, strength: float) -> str:
        hue, chroma = self._hues[label]
        return oklch(float(self.colours[lightness]), chroma * strength, hue)

    def tint(self, label: Label) -> str:
        """The colour behind a block."""
        return self._of(label, "tint-light", float(self.colours["strength"]))

    def bar(self, label: Label) -> str:
        """The colour beside a block."""
        return self._of(label, "bar-light", 1)

    def word(self, label: Label) -> str:
        """The colour of a label's name."""
        return self._of(label, "word-light", 0.8)

    def fill(self, label: Label) -> str:
        """The bar of what is kept is whole, that of cruft hatched: not by colour alone."""
        return self.bar(label) if label.kept else f"url(#hatch-{label})"

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, more: str = ""
    ) -> None:
        """Draw a filled box."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
            f' fill="{fill}"{more}/>'
        )

    def sheet(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the sheet that something stands on."""
        line = self.colours["line"]
        self.box(x, y, width, height, self.colours["paper"], f' stroke="{line}" rx="10"')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        family: str = SANS,
        colour: str = "",
        weight: int = 400,
        anchor: str = "start",
    ) -> None:
        """Write a line of text; `y` is its base line."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="{escape(family)}" font-size="{size:g}"'
            f' font-weight="{weight}" text-anchor="{anchor}" fill="{colour or self.colours["ink"]}"'
            f' xml:space="preserve">{escape(words, quote=False)}</text>'
        )

    def paragraph(
        self, x: float, y: float, words: str, size: float, columns: int, leading: float, **how: str
    ) -> float:
        """Write text wrapped at so many characters; give the base line after it."""
        weight = int(how.pop("weight", "400"))
        for line in textwrap.wrap(words, columns):
            self.text(x, y, line, size, weight=weight, **how)
            y += leading
        return y

    def legend(self, x: float, y: float, counts: dict[Label, int], width: float) -> float:
        """Write labels with their bars and how many blocks have them; give the next base line."""
        column = width / 2
        for n, (label, count) in enumerate(counts.items()):
            left, base = x + n % 2 * column, y + n // 2 * 20
            self.box(left, base - 9, 10, 10, self.fill(label), f' stroke="{self.bar(label)}"')
            self.text(left + 18, base, str(label), 12, colour=self.word(label), weight=600)
            self.text(left + column - 28, base, str(count), 12, anchor="end", colour=self.muted)
        return y + (len(counts) + 1) // 2 * 20

    @property
    def muted(self) -> str:
        """The colour of what stands back."""
        return self.colours["muted"]

    def svg(self, width: float, height: float, title: str, told: str) -> str:
        """Give what was drawn as a file."""
        hatches = "".join(
            f'<pattern id="hatch-{label}" width="5" height="5" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)">'
            f'<rect width="2.6" height="5" fill="{self.bar(label)}"/></pattern>'
            for label in Label
            if not label.kept
        )
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
            f' width="{width:g}" height="{height:g}" role="img" aria-labelledby="t d">'
        )
        return "\n".join(
            [
                opening,
                f'<title id="t">{escape(title)}</title>',
                f'<desc id="d">{escape(told)}</desc>',
                f"<defs>{hatches}</defs>",
                *self.parts,
                "</svg>\n",
            ]
        )
