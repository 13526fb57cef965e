"""The Hypothesis strategies: a thin layer that lets Hypothesis make the choices of the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from cleaner.strategies import cruft as parts
from cleaner.strategies import page, story
from cleaner.strategies.chance import Chance, pick
from cleaner.strategies.styles import STYLES, Look, look, render
from cleaner.strategies.values import CRUFT, WHERE, Credit, Day, Names, Part, Sample, named
from cleaner.strategies.words import LANGUAGES, Cast, Words, words

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

T = TypeVar("T")

_INSTALL = "cleaner.strategies needs Hypothesis: pip install 'newsdump-cleaner[hypothesis]'"


class _Drawing:
    """Choices that Hypothesis makes, and shrinks."""

    def __init__(self, draw: DrawFn) -> None:
        from hypothesis import strategies as st

        self._draw, self._integers = draw, st.integers

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low if low == high else self._draw(self._integers(low, high))


def _need_hypothesis() -> None:
    """Raise ImportError that says what to do where Hypothesis is not installed."""
    try:
        import hypothesis  # noqa: F401
    except ImportError as error:
        raise ImportError(_INSTALL) from error


def _strategy(make: Callable[[Chance], T]) -> SearchStrategy[T]:
    _need_hypothesis()
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: DrawFn) -> T:
        return make(_Drawing(draw))

    return drawn()


def _chosen(names: Names | None, known: Sequence[str], what: str) -> Sequence[str]:
    """The names that are asked for, all if None, in their usual order; ValueError for one that is
    unknown, or none at all."""
    wanted = known if names is None else named(names, known, what)
    if not wanted:
        raise ValueError(f"{what}: none is asked for; leave it out for all")
    return [name for name in known if name in wanted]


def dumps(
    language: Names | None = None,
    style: Names | None = None,
    *,
    cruft: Names = CRUFT,
    where: Names = WHERE,
) -> SearchStrategy[Sample]:
    """Dumps of whole pages, with their truth: a `Sample`.

    `language` and `style` are one of LANGUAGES and STYLES, or some of them; any if left out.
    `cruft` is the kinds that a page may have, as labels ("ticker", "related"), `where` the places:
    "before" the headline, "between" it and the last paragraph, "after" that. With `cruft=()` a page
    is its story alone; what lynx lists of a page's links below it is cruft that comes with any
    other. A failing page shrinks to few paragraphs and little cruft, in the first of LANGUAGES and
    STYLES that are asked for. Raises ValueError for a name that there is not, TypeError for what is
    no name, ImportError without Hypothesis.

    >>> pages = dumps("el", ["lynx", "wet"], cruft=["navigation", "share"])
    >>> dumps(where=["above"])
    Traceback (most recent call last):
    ...
    ValueError: where: 'above' is not among before, between, after
    """
    languages, styles = _chosen(language, LANGUAGES, "language"), _chosen(style, STYLES, "style")
    wanted = page.wanted(cruft, where)

    def make(chance: Chance) -> Sample:
        return page.sample(chance, words(pick(chance, languages)), pick(chance, styles), wanted)

    return _strategy(make)


def _lines(
    make: Callable[[Chance, Words, Cast], Part], language: Names | None, style: Names | None
) -> SearchStrategy[str]:
    """One part of a page, as its lines in a style."""
    languages, styles = _chosen(language, LANGUAGES, "language"), _chosen(style, STYLES, "style")

    def text(chance: Chance) -> str:
        told = words(pick(chance, languages))
        drawn: Look = look(chance, pick(chance, styles))
        return render([make(chance, told, Cast(chance, told))], drawn)[0]

    return _strategy(text)


def _value(make: Callable[[Chance, Words, Cast], T], language: Names | None) -> SearchStrategy[T]:
    languages = _chosen(language, LANGUAGES, "language")

    def value(chance: Chance) -> T:
        told = words(pick(chance, languages))
        return make(chance, told, Cast(chance, told))

    return _strategy(value)


def navigation(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """Menus: sections, in some styles with bullets, nested or glued."""
    return _lines(lambda chance, told, _: parts.menu(chance, told), language, style)


def tickers(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """Breaking-news bars: a lead word and a few headlines."""
    return _lines(lambda chance, told, _: parts.ticker(chance, told), language, style)


def related(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """Related headlines below a heading, some with the decks or the days of their stories."""
    return _lines(parts.teasers, language, style)


def share_bars(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """Names of networks to share a page on."""
    return _lines(lambda chance, told, _: parts.share_bar(chance, told), language, style)


def promos(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """Pleas to subscribe, to follow, to give, to install."""
    return _lines(lambda chance, told, _: parts.promo(chance, told), language, style)


def captions(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """Captions of pictures with their credit, in some styles below what the picture shows."""

    def make(chance: Chance, told: Words, cast: Cast) -> Part:
        return parts.picture(chance, told, cast, pick(chance, told.topics))

    return _lines(make, language, style)


def tags(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """The topics of a story, in a list or in a row."""

    def make(chance: Chance, told: Words, _: Cast) -> Part:
        return parts.tags(chance, told, pick(chance, told.topics))

    return _lines(make, language, style)


def footers(language: Names | None = None, style: Names | None = None) -> SearchStrategy[str]:
    """Links to what an outlet has to say of itself, and whose all this is."""

    def make(chance: Chance, told: Words, cast: Cast) -> Part:
        links, legal = parts.footer(chance, told, cast, chance.integer(2015, 2031))
        return links + legal

    return _lines(make, language, style)


def headlines(language: Names | None = None) -> SearchStrategy[str]:
    """Headlines of stories."""
    return _value(story.headline, language)


def paragraphs(language: Names | None = None) -> SearchStrategy[str]:
    """Paragraphs of stories: one to three sentences, facts and sayings."""
    return _value(story.paragraph, language)


def bylines(language: Names | None = None) -> SearchStrategy[Credit]:
    """Credits of one author or two: as printed, as `Article.byline` gives them, and the names."""
    return _value(lambda chance, told, cast: story.credit(chance, told, cast.writers), language)


def dates(language: Names | None = None) -> SearchStrategy[Day]:
    """Days of publication: as printed, as `Article.date_text` gives them, and the day."""
    return _value(story.day, language)


def register() -> None:
    """Have Hypothesis draw samples, credits and days for arguments of these types, as it does by
    itself where this package is installed."""
    _need_hypothesis()
    from hypothesis import strategies as st

    st.register_type_strategy(Sample, dumps())
    st.register_type_strategy(Credit, bylines())
    st.register_type_strategy(Day, dates())
