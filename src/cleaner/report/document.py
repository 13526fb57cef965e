"""One self-contained HTML document: its policy, styles and scripts, and text made safe for it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import regex

# What prints nothing, turns the writing round or ends a line unseen. Variation selectors choose the
# look of the character before them and stay.
_UNSEEN = regex.compile(
    r"(?V1)[[\p{DI}\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb]"
    r"--[\n\t\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]]"
    # The joiners belong to the writing of Persian, of Indic scripts and of emoji.
    r"|[\u200c\u200d](?:(?<![^\s\x00-\x7f].)|(?![^\s\x00-\x7f]))"
)
_NAMES = {
    "\x00": "NUL", "\x08": "BS", "\x0b": "VT", "\x0c": "FF", "\r": "CR", "\x1b": "ESC",
    "\x7f": "DEL", "\x85": "NEL", "\u00ad": "SHY", "\u034f": "CGJ", "\u061c": "ALM",
    "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM",
    "\u2028": "LS", "\u2029": "PS", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF",
    "\u202d": "LRO", "\u202e": "RLO", "\u2060": "WJ", "\u2066": "LRI", "\u2067": "RLI",
    "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
}  # fmt: skip

# In a script element only `<` can end or open anything; the rest is for readers of the file.
_IN_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def text(words: str) -> str:
    r"""Escape text for HTML, each character that nobody would see as a token with its name.

    A line end of any kind is a line feed. What the joiners U+200C and U+200D join stays joined.

    >>> text("<b>\u202egpj.exe\r\n")
    '&lt;b&gt;<i>RLO</i>gpj.exe\n'
    """
    escaped = html.escape(words.replace("\r\n", "\n"), quote=False)
    return str(_UNSEEN.sub(_token, escaped))


def attribute(words: str) -> str:
    r"""Escape text for a quoted attribute; what nobody would see stands there by its name.

    >>> attribute('a "b"\u202e')
    'a &quot;b&quot;⟨RLO⟩'
    """
    return str(_UNSEEN.sub(lambda found: f"⟨{_name(found[0])}⟩", html.escape(words)))


def data(name: str, values: Any) -> str:
    """Give JSON-ready values as a script element of data, for the scripts of the page to read.

    >>> data("lines", ["</script>"])
    '<script type="application/json" class="lines">["\\\\u003c/script\\\\u003e"]</script>'
    """
    plain = json.dumps(values, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    # JSON writes a lone surrogate as Python escapes it.
    plain = plain.encode("utf-8", "backslashreplace").decode("utf-8")
    return f'<script type="application/json" class="{name}">{plain}</script>'


def document(
    title: str, body: Iterable[str], *, styles: tuple[str, ...], scripts: tuple[str, ...]
) -> str:
    """Give a whole HTML document of a body, with static styles and scripts by their names.

    It loads nothing, and runs nothing but those scripts: its Content-Security-Policy names each by
    its hash.
    """
    style = "\n".join(map(_static, styles))
    script = "\n".join(map(_static, scripts))
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    return "".join(
        (
            '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n',
            f"<title>{attribute(title)}</title>\n",
            f"<style>{style}</style>\n<body>\n",
            *body,
            f"\n<script>{script}</script>\n</body>\n</html>\n",
        )
    )


@cache
def _static(name: str) -> str:
    return files(__package__).joinpath("static", name).read_text("utf-8")


def _source(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _name(char: str) -> str:
    return _NAMES.get(char, f"U+{ord(char):04X}")


def _token(found: regex.Match[str]) -> str:
    name = _name(found[0])
    # A lone CR ends a line, as it did in the dump.
    return f"<i>{name}</i>\n" if name == "CR" else f"<i>{name}</i>"
