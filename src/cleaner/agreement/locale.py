"""The language of an HTML page with its region: the text tells the one, the page the other."""

from __future__ import annotations

from cleaner.structure import Declared


def locale(declared: Declared, detected: str | None) -> str | None:
    """Give the language that was detected in the text, with the region that the page declares for
    it; what the page declares first where none was detected.

    >>> locale(Declared(languages=("en_gb",)), "en"), locale(Declared(languages=("en-GB",)), "de")
    ('en-GB', 'de')
    """
    told = [_tag(language) for language in declared.languages]
    if detected is None:
        return told[0] if told else None
    return next((one for one in told if one.partition("-")[0] == detected), detected)


def _tag(language: str) -> str:
    """A language as BCP-47 writes it: "en_us" is en-US."""
    tongue, *regions = language.replace("_", "-").split("-")
    return "-".join(
        (tongue.lower(), *(part.upper() if len(part) == 2 else part for part in regions))
    )
