"""Finding an entry of the help by what a person types.

Works on folded text: lower case, accents dropped, any of the languages. A query is compared twice:
as a whole with every name, so that ``knock out`` finds *knock-out* and ``premultipied`` finds
*premultiplied*; and word by word with names and text, so that a description finds what it
describes. The two scores share one scale, 0…100, and the better one counts.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_NAME, _OTHER, _TEXT = 1.0, 0.95, 0.6  # what a match in a name, another name, the text is worth
_PREFIX, _FUZZY, _WORDS, _PART = 90.0, 72.0, 75.0, 65.0  # the best score of such a match
_LIKE = 0.75  # similarity from which a word counts as misspelled
_SHORTEST_FUZZY = 4  # letters; every shorter word is like many others
_SHORTEST_INSIDE = 5  # letters of a word that is sought inside compounds: Schatten, Kontaktschatten
_INSIDE = 0.6  # of what the beginning of a word is worth
_CANDIDATES = 12  # words whose letters are really compared
_UNKNOWN = 1.0  # the rarity of a word that occurs nowhere
_LONGEST = 120  # letters of a query; what is pasted beyond them would only take time
_LEAST = 15.0  # a score below it is chance
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_EMPTY_WORDS = frozenset(
    {"a", "an", "and", "are", "around", "as", "at", "be", "by", "do", "does", "for", "from", "has"}
    | {"have", "how", "i", "in", "is", "it", "my", "not", "of", "on", "one", "or", "our", "so"}
    | {"that", "the", "their", "there", "this", "to", "too", "we", "what", "when", "which", "who"}
    | {"why", "with", "you", "your"}
)


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes
    ----------
    key : what the search returns
    name : its own name
    others : other names, in any language
    text : what is said about it
    """

    key: str
    name: str
    others: tuple[str, ...] = ()
    text: str = ""


class Index:
    """Entries, prepared so that a query takes a millisecond or two."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._keys = [entry.key for entry in entries]
        self._wholes: dict[str, dict[int, float]] = defaultdict(dict)
        self._words: dict[str, dict[int, float]] = defaultdict(dict)
        for number, entry in enumerate(entries):
            self._add(number, (entry.name,), _NAME)
            self._add(number, entry.others, _OTHER)
            for word in fold(entry.text):
                self._words[word].setdefault(number, _TEXT)
        self._like_whole = _Likeness(self._wholes)
        self._like_word = _Likeness(self._words)

    def find(self, query: str) -> list[tuple[str, float]]:
        """Return keys and scores, 0…100, of what a query may mean, the likeliest first."""
        words = fold(query[:_LONGEST])
        if not words:
            return []
        scores = self._by_words([word for word in words if word not in _EMPTY_WORDS] or words)
        for found in (self._by_whole("".join(words)), self._by_part(words)):
            for number, score in found.items():
                _raise(scores, number, score)
        kept = [(number, score) for number, score in scores.items() if score >= _LEAST]
        kept.sort(key=lambda pair: (-pair[1], pair[0]))
        return [(self._keys[number], score) for number, score in kept]

    def _add(self, number: int, phrases: Iterable[str], weight: float) -> None:
        for phrase in phrases:
            for words in spellings(phrase):
                _raise(self._wholes["".join(words)], number, weight)
                for word in words:
                    _raise(self._words[word], number, weight)

    def _by_whole(self, wanted: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        for whole, likeness in self._like_whole.to(wanted):
            for number, weight in self._wholes[whole].items():
                _raise(scores, number, likeness * weight)
        return scores

    def _by_part(self, words: Sequence[str]) -> dict[int, float]:
        """Score the names of several words that stand in the query as they are."""
        scores: dict[int, float] = {}
        for length in range(2, len(words)):
            for start in range(len(words) - length + 1):
                part = "".join(words[start : start + length])
                for number, weight in self._wholes.get(part, {}).items():
                    _raise(scores, number, _PART * weight)
        return scores

    def _by_words(self, words: Sequence[str]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        rarities = 0.0
        for word in words:
            best: dict[int, float] = {}
            for known, likeness in self._like_word.to(word):
                for number, weight in self._words[known].items():
                    _raise(best, number, likeness / 100 * weight)
            # A word that occurs nowhere says little about which entry is meant.
            rarity = math.log(1 + len(self._keys) / len(best)) if best else _UNKNOWN
            rarities += rarity
            for number, value in best.items():
                scores[number] += value * rarity
        return {number: _WORDS * score / rarities for number, score in scores.items()}


class _Likeness:
    """Which of many words are like a given one, and how much, 0…100."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._grams: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            for gram in _grams(word):
                self._grams[gram].append(number)

    def to(self, wanted: str) -> Iterator[tuple[str, float]]:
        """Yield the word itself, those that begin with it or hold it, and those it may misspell."""
        known = False
        for place in range(bisect_left(self._words, wanted), len(self._words)):
            word = self._words[place]
            if not word.startswith(wanted):
                break
            known |= word == wanted
            share = len(wanted) / len(word)
            yield word, 100.0 if share == 1 else _PREFIX * (0.7 + 0.3 * share)
        if known or len(wanted) < _SHORTEST_FUZZY:
            return
        if len(wanted) >= _SHORTEST_INSIDE:
            for word in self._words:
                if word.find(wanted) > 0:
                    yield word, _PREFIX * _INSIDE
        for place in self._near(wanted):
            likeness = similarity(wanted, self._words[place])
            if likeness >= _LIKE and not self._words[place].startswith(wanted):
                yield self._words[place], _FUZZY * likeness

    def _near(self, wanted: str) -> list[int]:
        """Return the words that share the most pairs of letters with the wanted one."""
        shared = Counter(place for gram in _grams(wanted) for place in self._grams.get(gram, ()))
        by_share = sorted(
            shared, key=lambda place: -shared[place] / (len(self._words[place]) + len(wanted))
        )
        return by_share[:_CANDIDATES]


def fold(text: str) -> list[str]:
    """Return the words of a text in lower case without accents: ``Détourage`` is ``detourage``."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return re.findall(
        r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign))
    )


def spellings(phrase: str) -> list[list[str]]:
    """Return the folded words of a phrase, and again as typed where umlauts are missing."""
    composed = unicodedata.normalize("NFC", phrase.casefold())
    plain, spelled = fold(composed), fold(composed.translate(_UMLAUTS))
    return [plain] if plain == spelled else [plain, spelled]


def similarity(first: str, second: str) -> float:
    """Return 1 for equal words, less for each letter added, dropped, changed or swapped.

    One minus the optimal string alignment distance (Damerau 1964, restricted) by the longer length.
    """
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        line = [row]
        for column, other in enumerate(second, 1):
            cost = min(line[-1] + 1, last[column] + 1, last[column - 1] + (letter != other))
            if row > 1 < column and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return 1 - last[-1] / max(len(first), len(second), 1)


def _grams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


def _raise(scores: dict[int, float], number: int, score: float) -> None:
    """Keep the greater of two scores."""
    if score > scores.get(number, 0.0):
        scores[number] = score
