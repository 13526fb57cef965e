"""When an article was published: dates in a text, and the one among them that counts."""

from cleaner.dates.choice import Dates, pick
from cleaner.dates.stamps import Stamp, find

__all__ = ["Dates", "Stamp", "find", "pick"]
