"""What marks and scripts do to lines and sentences: the insides of regex sets, each in one place.

>>> import regex
>>> regex.findall(f"[{STOPS}]", "So! 是。 نعم؟"), bool(regex.match(f"[{UNSPACED}]", "ភាសា"))
(['!', '。', '؟'], True)
"""

from __future__ import annotations

from typing import Final

# Scripts without spaces between words: those spelled in letters, and those with signs for words.
SPELLED: Final = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
UNSPACED: Final = rf"\p{{Han}}\p{{Hiragana}}\p{{Katakana}}{SPELLED}"

# What ends a sentence, and what may stand between that and the end of a line.
STOPS: Final = ".!?…。！？।॥؟۔։"
CLOSING: Final = r"\p{Pe}\p{Pf}\"'”’»」』"

# With one of these a line goes on with the sentence of the line before.
CONTINUING: Final = r"\p{Ll},.;:!?)\]}”’»、，。；：！？）」』"
