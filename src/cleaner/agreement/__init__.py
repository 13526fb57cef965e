"""Where what a page declares about itself and what it shows are weighed against each other.

What readers see comes first: a declared field is taken where the page shows it or shows nothing
else, and says so in its evidence.
"""

from cleaner.agreement.author import author
from cleaner.agreement.day import day
from cleaner.agreement.ending import ended
from cleaner.agreement.headline import headline, settled
from cleaner.agreement.locale import locale

__all__ = ["author", "day", "ended", "headline", "locale", "settled"]
