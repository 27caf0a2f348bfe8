"""What a suggestion's text names of what makes it one, as it is spelt there."""

from collections.abc import Collection, Sequence

from events.related.terms import is_telling, word_term, words_of_name
from events.text.folding import is_unspaced, search_tokens, word_pieces

# Names told of one suggestion.
MOST = 3


def names_in(text: str, words: Sequence[int], *, besides: Collection[str] = ()) -> tuple[str, ...]:
    """The pieces of a plain text made of these words, which are terms, the rarest first; at most `MOST`.

    Words that stand together are one piece. Proper names alone: what begins with a capital letter elsewhere
    than a sentence, or is of a script without them; "names opening" would tell nobody anything. The names of
    contexts in `besides` are told already, so their words are left out.
    """
    told = {word_term(word) for name in besides for word in words_of_name(name)}
    wanted = {term: place for place, term in enumerate(words) if term not in told}
    if not wanted:
        return ()
    spans = word_pieces(text)
    tokens = tokens_of(text, spans)
    places = marked(tokens, wanted)
    runs: list[tuple[int, int, int]] = []
    for number, (start, end) in enumerate(spans):
        place = places.get(number)
        if place is None:
            continue
        if runs and number - 1 in places and not text[runs[-1][2] : start].strip():
            best, first, _last = runs[-1]
            runs[-1] = (min(best, place), first, end)
        else:
            runs.append((place, start, end))
    names = dict.fromkeys(text[start:end] for _place, start, end in sorted(runs) if is_name(text, start, end))
    return tuple(names)[:MOST]


def tokens_of(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The token of each piece; the whole text at once where the two go together, which is nearly always."""
    tokens = search_tokens(text)
    if len(tokens) == len(spans):
        return tokens
    return [next(iter(search_tokens(text[start:end])), "") for start, end in spans]


def marked(tokens: Sequence[str], wanted: dict[int, int]) -> dict[int, int]:
    """The numbers of the tokens that make up wanted words, with the word's place among these."""
    places: dict[int, int] = {}
    for number, token in enumerate(tokens):
        if is_unspaced(token):
            if number and is_unspaced(tokens[number - 1]):
                place = wanted.get(word_term(tokens[number - 1] + token))
                if place is not None:
                    for each in (number - 1, number):
                        places[each] = min(place, places.get(each, place))
        elif is_telling(token) and (place := wanted.get(word_term(token))) is not None:
            places[number] = place
    return places


def is_name(text: str, start: int, end: int) -> bool:
    """Whether a piece of a text is spelt as a name is."""
    piece = text[start:end]
    if is_unspaced(piece):
        return True
    before = text[:start].rstrip(" \n\"'“‘(")
    begins_sentence = not before or before[-1] in ".!?:"
    return any(word[:1].isupper() for word in piece.split()[1 if begins_sentence else 0 :])
