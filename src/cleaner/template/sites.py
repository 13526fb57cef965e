"""The templates of several sites, and which site a page is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from cleaner.article import Block
from cleaner.template import written
from cleaner.template.known import Template, learned
from cleaner.template.written import TemplateError

_HOST = regex.compile(r"^\w++://(?:[^/?#@]*+@)?(\[[^\]/?#]*+\]|[^/?#:]*+)")


class Templates(NamedTuple):
    """The templates of several sites, by the names that `site` gives them."""

    sites: Mapping[str, Template]

    def __or__(self, other: Templates) -> Templates:
        """Give the templates of the sites of both; of a site in both, that of all its pages."""
        names = sorted({*self.sites, *other.sites})
        return Templates({name: self.of(name) | other.of(name) for name in names})

    def of(self, name: str) -> Template:
        """Give the template of a site, an empty one where it is not known.

        >>> Templates({}).of("news.example").known
        0
        """
        return self.sites.get(name, Template())

    def likest(self, blocks: Sequence[Block]) -> Template:
        """Give the template of the site that repeats most lines of a page; an empty one if none
        does.

        >>> from cleaner.template import learn
        >>> courier = learn(["Port Hale Courier\\n\\nIt sails.\\n", "Port Hale Courier\\n"])
        >>> both = Templates({"a": Template(), "courier": courier})
        >>> both.likest([Block(0, 17, "Port Hale Courier"), Block(19, 22, "Hm.")]) == courier
        True
        """
        shared = {name: one.shared(blocks) for name, one in sorted(self.sites.items())}
        name = max(shared, key=lambda name: shared[name], default="")
        return self.of(name) if shared.get(name) else Template()

    def to_json(self) -> str:
        """Give the templates as JSON, which `from_json` reads: equal ones as equal text."""
        sites = {name: written.pages(one.pages) for name, one in sorted(self.sites.items())}
        return written.text({"sites": sites})

    @classmethod
    def from_json(cls, text: str | bytes) -> Templates:
        """Read templates. Raises TemplateError where the text holds none that this version knows.

        >>> Templates.from_json("[]")
        Traceback (most recent call last):
        cleaner.template.written.TemplateError: not templates of cleaner
        """
        sites = written.values(text).get("sites")
        if not isinstance(sites, dict):
            raise TemplateError("not templates of cleaner: no sites")
        return cls({name: learned(written.read_pages(own)) for name, own in sorted(sites.items())})


def site(url: str | None, name: str = "") -> str:
    """Give the site of a page: the host of its address, else the folder that it was in.

    >>> site("https://www.news.example/ferry"), site(None, "hale/ferry.txt")
    ('news.example', 'hale/')
    """
    given = url or name
    found = _HOST.match(given)
    if found:
        return found[1].lower().removeprefix("www.") or given
    folder, _, _ = given.rpartition("/")
    return f"{folder}/"
