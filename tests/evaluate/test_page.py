"""The page nests whatever overlaps, shows the whole text, and executes nothing that a text brings along."""

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from portavoce.evaluate import html_page, score
from portavoce.evaluate.page import _marked, _marks
from portavoce.records import Article, Span, Statement

VOID = {"meta", "br"}
HOSTILE = (
    "<script>alert('ciao')</script> & \"l'assessore\" </div> ha detto che <b onmouseover=x>il ponte & la <i>strada</i> "
    "chiudono</b>. &lt;fine&gt; \u202edoppio\x00 -->"
)


class Page(HTMLParser):
    """Fails on an element that is not closed in its turn; keeps tags, attributes, and the text of the articles."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.texts, self.ids, self.links = [], [], [], [], []
        self.feed(page)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        assert {link.removeprefix("#") for link in self.links} <= set(self.ids)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        assert set(named) <= {"class", "id", "href", "title", "lang", "charset", "content", "http-equiv", "open"}
        self.tags.append((tag, named))
        self.ids += [named["id"]] if "id" in named else []
        self.links += [named["href"]] if "href" in named else []
        if named.get("class") == "text":
            self.texts.append("")
        if tag not in VOID:
            self.open.append((tag, named.get("class")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if ("div", "text") in self.open:
            self.texts[-1] += data


def span(text, words):
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def said(text, content, cue=None, speaker=None, **others):
    return Statement(
        id=content, kind="indirect", content=(span(text, content),), cue=span(text, cue) if cue else None,
        speaker=span(text, speaker) if speaker else None, **others,
    )  # fmt: skip


GOLD = Article(
    "<a href=x>&\"'", HOSTILE, title="</h2><script>1</script>",
    statements=(
        said(HOSTILE, "<b onmouseover=x>il ponte & la", "ha detto", "\"l'assessore\"", actor="<img src=x onerror=1>"),
        said(HOSTILE, "la <i>strada</i>", actor="Ugo Bo"),
    ),
)  # fmt: skip
FOUND = replace(
    GOLD,
    statements=(
        said(
            HOSTILE, "il ponte & la <i>strada</i> chiudono", "detto", "l'assessore\" </div>", actor="</ul>", rule="<x>"
        ),
        said(HOSTILE, "alert('ciao')", actor=None),
    ),
)


def page(gold, found):
    return html_page(gold, found, score(gold, found))


def test_hostile_words_stay_words():
    parsed = Page(page([GOLD], [FOUND]))
    assert {tag for tag, _ in parsed.tags} == {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr", "th", "td", "details", "summary",
        "ul", "li", "a", "section", "div", "span", "br",
    }  # fmt: skip
    assert parsed.texts == [HOSTILE.replace("\u202e", "\ufffd").replace("\x00", "\ufffd")]


def test_nothing_comes_from_elsewhere():
    made = page([GOLD], [FOUND])
    assert all(link.startswith("#") for link in Page(made).links)
    assert "url(" not in made
    assert "@import" not in made
    assert "default-src 'none'" in made


def test_the_same_input_gives_the_same_page():
    assert page([GOLD], [FOUND]) == page([GOLD], [FOUND])


def test_overlapping_spans_are_cut_into_pieces_that_name_all_of_them():
    text = "il ponte chiude domani"
    gold, found = said(text, "il ponte chiude"), said(text, "ponte chiude domani", "chiude")
    assert _marked(text, [*_marks("gold", [gold]), *_marks("predicted", [found])], 1) == (
        '<a id="t1-g1"></a><span class="gold-content" title="G1 content">il </span>'
        '<a id="t1-p1"></a><span class="gold-content predicted-content" title="G1 content, P1 content">ponte </span>'
        '<span class="gold-content predicted-content predicted-cue" title="G1 content, P1 content, P1 cue">chiude</span>'
        '<span class="predicted-content" title="P1 content"> domani</span>'
    )


def test_figures_mistakes_and_pairs_are_shown():
    missing = replace(GOLD, id="b")
    made = page([GOLD, missing], [FOUND, replace(GOLD, id="c")])
    parsed = Page(made)
    assert "not predicted, counted as without statements: b" in made
    assert "predicted but not in the gold, left out: c" in made
    assert ("a", {"href": "#error-1"}) in parsed.tags
    assert {"a1", "a2", "a1-g1", "a1-g2", "a1-p2", "a2-g1", "a2-g2"} <= set(parsed.ids)
    assert ("li", {"class": "wrong", "id": "a1-p2"}) in parsed.tags


def test_a_perfect_prediction_has_no_mistake_to_follow():
    parsed = Page(page([GOLD], [GOLD]))
    assert not [link for link in parsed.links if link.startswith("#error")]


def test_an_article_without_statements_is_its_text():
    empty = Article("vuoto", "Fuori < piove.\r\nDentro no.")
    assert Page(page([empty], [])).texts == ["Fuori < piove.\r\nDentro no."]


@st.composite
def statements(draw, text):
    def piece():
        start = draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, draw(st.integers(start + 1, len(text))))

    content, cue, speaker = piece(), draw(st.booleans()), draw(st.booleans())
    return Statement(
        "s", "direct", (content,), cue=piece() if cue else None, speaker=piece() if speaker else None,
        actor=draw(st.sampled_from([None, "Anna Verdi", "Ugo Bo"])),
    )  # fmt: skip


@given(st.data())
def test_any_spans_over_any_text_nest(data):
    text = data.draw(st.text(alphabet="aè <>&\"'/\n:«»", min_size=1, max_size=40))
    gold, found = (data.draw(st.lists(statements(text), max_size=4)) for _ in range(2))
    marks = [*_marks("gold", gold), *_marks("predicted", found)]
    parsed = Page(f'<div class="text">{_marked(text, marks, 1)}</div>')
    assert parsed.texts == [text]
    assert sum(tag == "a" for tag, _ in parsed.tags) == len(gold) + len(found)
