"""What the pages of one site share, learned from them: evidence for the labeller, never a rule.

learn    the template of a site's pages, in one go or page by page
lines    a page as hashes of its lines
known    what is known of a site: some of its pages
places   where the lines of a page stand again
sites    the templates of several sites, and which site a page is of
written  to and from JSON
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.template.known import KEPT_PAGES, Learner, Template
from cleaner.template.lines import blocks, page
from cleaner.template.sites import Templates, site
from cleaner.template.written import TemplateError

__all__ = [
    "KEPT_PAGES",
    "Learner",
    "Template",
    "TemplateError",
    "Templates",
    "blocks",
    "learn",
    "page",
    "site",
]


def learn(sources: Iterable[str | bytes]) -> Template:
    """Give the template of pages of one site: dumps or HTML, as `cleaner.clean` takes them.

    Neither the order of the pages matters nor how often each is there, and no more is held than
    `KEPT_PAGES` of them. A template of dumps is for dumps of the same renderer, one of HTML for
    HTML: a line is known by what it says.

    >>> learn(["Port Hale Courier\\n", b"Port Hale Courier\\r\\n"]).known
    1
    """
    learner = Learner()
    for source in sources:
        learner.add(page(blocks(source)))
    return learner.template
