"""Strategies for dumps of invented pages: a story between menus, tickers and footers."""

from __future__ import annotations

from hypothesis import strategies as st

_WHO = (
    "The harbour master",
    "A baker from Larkhill",
    "The council",
    "Marta Quill",
    "The ferry crew",
)
_DID = ("said that", "had hoped that", "learned on Monday that", "doubts that", "confirmed that")
_WHAT = (
    "the old pier will open again before the first snow",
    "twelve ovens stood cold while the flour was tested",
    "nobody had counted the gulls since the storm",
    "the comet could be seen from every roof in the valley",
    "the orchestra plays in the boat shed until the hall is dry",
    "a ticket will cost nine crowns, children and bicycles nothing",
)
_MENU = (
    "Home",
    "News",
    "Harbour",
    "Sport",
    "Weather",
    "Opinion",
    "Log in",
    "Newsletters",
    "Videos",
)
_RELATED = (
    "Who pays for the new pier?",
    "Five walks round the lighthouse",
    "Bakers go back to work",
)

_sentences = st.builds("{} {} {}.".format, *(st.sampled_from(s) for s in (_WHO, _DID, _WHAT)))
paragraphs = st.lists(
    st.lists(_sentences, min_size=2, max_size=4).map(" ".join), min_size=4, max_size=9, unique=True
)
_bullets = st.sampled_from(("  • ", "* ", "  * ", "     + ", "- ", ""))


@st.composite
def dumps(draw: st.DrawFn) -> str:
    """A dump of an invented page in one of several styles."""
    bullet = draw(_bullets)
    gap = draw(st.sampled_from(("\n", "\n\n")))
    menu = [f"{bullet}{item}" for item in draw(st.lists(st.sampled_from(_MENU), max_size=20))]
    title = f"{draw(st.sampled_from(_WHO))} {draw(st.sampled_from(_DID))} it is over"
    head = [title, f"By {draw(st.sampled_from(('Ann Example', 'Tom Sample')))}", "4 May 2021"]
    story = draw(paragraphs)
    if draw(st.booleans()):
        story.insert(len(story) // 2, f"Read also: {draw(st.sampled_from(_RELATED))}")
    tail = ["Most read", *(f"{bullet}{item}" for item in _RELATED), "© 2021 Port Hale Courier"]
    return "\n".join(menu) + "\n\n" + gap.join([*head, *story, *tail])


def anything() -> st.SearchStrategy[str]:
    """Arbitrary text, lines of arbitrary text, and dumps with something arbitrary in them."""
    line = st.text(max_size=60)
    lines = st.lists(line, max_size=30).map("\n".join)
    mixed = st.builds(
        lambda dump, noise, at: dump[:at] + noise + dump[at:], dumps(), lines, st.integers(0, 2000)
    )
    return st.one_of(st.text(), lines, mixed)
