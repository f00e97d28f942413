"""The page of a graph: whole, the same each time, bounded, and nothing in it runs that an article brings along."""

import html
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.build import build_graph
from portavoce.output.report import Limits, report_page

VOID = {"meta", "br", "img", "link", "input"}
DRAWN = {"circle", "line"}  # elements of a picture that may end in themselves
TAGS = set(
    "html head meta title style body a header p h1 h2 h3 bdi small ul ol li b nav main section figure div svg line circle text figcaption span "
    "em strong mark i table thead tbody tr th td footer".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class href id aria-label aria-labelledby aria-hidden role tabindex viewbox x y x1 y1 x2 y2 cx cy r "
    "width height stroke-width rel dir title style scope".split()
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page(HTMLParser):
    """Fails on an element that is not closed in its turn, on one or an attribute that no page of ours has, and on links to nowhere."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.styles, self.text, self.marked = [], [], [], [], "", []
        self.feed(page)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        inside = {link[1:] for link in self.links if link.startswith("#")}
        assert inside <= set(self.ids)

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        named = dict(attrs)
        assert set(named) <= ATTRIBUTES, attrs
        self.ids += [named["id"]] if "id" in named else []
        self.links += [named["href"]] if "href" in named else []
        self.styles += [named["style"]] if "style" in named else []
        if tag not in VOID:
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag in DRAWN:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data
        if "mark" in self.open:
            self.marked[-1] += data


def test_a_page_tells_who_says_what_of_whom(bridge):
    page = Page(report_page(bridge))
    for words in (
        "Marco Rossi",
        "il ponte sul Lario riaprirà prima di giugno",
        "denies",
        "Palazzo Chigi smentisce",
        "accuse",
        "ambasciatrice svizzera",
    ):
        assert words in page.text
    assert "La sindaca di Lecco, Anna Bianchi, ha accusato Marco Rossi." in page.text
    assert "2024-03-04 – 2024-04-16" in page.text


def test_what_is_said_is_marked_with_exactly_its_words(bridge):
    marked = Page(report_page(bridge)).marked[1:]  # behind the legend
    said = {d["content"][0].text for _, d in bridge.nodes(data=True) if d["kind"] == "statement"}
    assert set(marked) == said
    assert len(marked) == 7


def test_the_same_graph_gives_the_same_page(bridge):
    assert report_page(bridge) == report_page(bridge.copy())
    assert report_page(bridge, actor="Rossi") == report_page(bridge, actor="Marco Rossi")


def test_a_page_about_one_actor(bridge):
    page = Page(report_page(bridge, actor="Neri"))
    assert "Paolo Neri" in page.text
    assert "What others say" in page.text
    assert "la Svizzera aspetta da Paolo Neri una data per il ponte sul Lario" in page.marked
    assert "Chiude il ponte" not in page.text


def test_conditions_narrow_it_and_are_told(bridge):
    page = Page(report_page(bridge, since="2024-04", topic="riapertura"))
    assert "Only since 2024-04, on riapertura." in page.text
    assert len(page.marked) == 3
    assert Page(report_page(bridge, since="2030")).marked == ["what is said"]


def test_limits_cut_and_the_page_says_so(bridge):
    limits = Limits(dots=2, speakers=1, topics=1, relations=1, statements=1)
    page = Page(report_page(bridge, limits=limits))
    for words in (
        "1 of 4 speakers",
        "1 of 3 statements",
        "1 of 5 topics",
        "1 of 5 relations",
        "the 2 with most ties of 8",
    ):
        assert words in page.text, words


def test_the_size_is_bounded(bridge, news_of):
    many = report_page(build_graph(news_of(300)))
    few = report_page(build_graph(news_of(40)))
    assert len(many) < 1.5 * len(few) < 100_000
    assert re.search(r"15 of 2\d\d speakers are shown", Page(many).text)


@pytest.fixture
def news_of():
    """Articles of as many speakers, who all speak of each other at length."""

    def make(count):
        for n in range(count):
            words = f"Nome{(n * 7) % count:03} Detto non ha {'molto ' * 300}ragione"
            text = f"Nome{n:03} Detto ha detto che {words}."
            start = text.index(words)
            yield {
                "id": f"n{n:03}", "title": "titolo " * 60, "text": text, "published": f"20{n % 90:02}-01-01",
                "statements": [{"kind": "indirect", "content": [{"start": start, "end": start + len(words)}], "actor": f"Nome{n:03} Detto",
                                "actor_kind": "person", "about": [f"ragione {n} {'x' * 400}"]}],
                "actors": [{"id": "t", "name": words[:13], "kind": "person"}],
                "mentions": [{"start": start, "end": start + 13, "actor_id": "t"}],
            }  # fmt: skip

    return make


def test_what_two_say_together_stands_with_both_but_is_one_place(bridge):
    together = bridge.copy()
    (said,) = [n for n, d in bridge.nodes(data=True) if d["kind"] == "statement" and "ci sono" in d["content"][0].text]
    neri, keller = (
        n for name in ("Paolo Neri", "Ursula Keller") for n, d in bridge.nodes(data=True) if d.get("name") == name
    )
    together.add_edge(keller, said, "says", **bridge.edges[neri, said, "says"])
    page = Page(report_page(together))
    assert page.marked.count("i soldi per il ponte sul Lario ci sono") == 2
    assert page.ids.count(f"s-{said.partition('/')[2]}") == 1


def test_names_and_conditions_that_are_wrong_are_errors(bridge):
    with pytest.raises(UnknownNameError):
        report_page(bridge, actor="Zorro")
    with pytest.raises(InputError):
        report_page(bridge, since="ieri")


@pytest.mark.parametrize("actor", [None, "Anna Verdi"])
def test_hostile_text_is_only_text(hostile, actor):
    written = report_page(hostile, actor=actor)
    page = Page(written)
    assert "<script>document.title='taken'</script>" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set(written)
    assert [link for link in page.links if not link.startswith(("#", "https://www.wikidata.org/wiki/"))] == []
    assert all(link.count("<") == link.count('"') == 0 for link in page.links)
    assert all(set(style) <= set("widtheg: .%0123456789") for style in page.styles)


def test_only_addresses_of_the_web_are_links(bridge):
    changed = bridge.copy()
    urls = ["https://example.org/a?b=1&c=\"'<>", "javascript:alert(1)", "data:text/html,<script>", " java\nscript:x"]
    articles = sorted(n for n, d in changed.nodes(data=True) if d["kind"] == "article")
    for node, url in zip(articles, urls, strict=True):
        changed.nodes[node]["url"] = url
    outside = {link for link in Page(report_page(changed)).links if not link.startswith("#")}
    assert outside == {urls[0]}


@pytest.mark.parametrize("actor", [None, "Anna Verdi"])
def test_a_page_needs_nothing_but_itself(hostile, bridge, actor):
    for written in (report_page(hostile, actor=actor), report_page(bridge)):
        assert "default-src 'none'" in html.unescape(written)
        style = written[written.index("<style>") : written.index("</style>")]
        assert "url(" not in style
        assert "@import" not in style
        assert not any(
            f"<{tag}" in written for tag in ("script", "link", "img", "iframe", "object", "embed", "base", "form")
        )


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.slow
@pytest.mark.parametrize("actor", [None, "Anna Verdi"])
def test_nothing_runs_in_a_browser(hostile, tmp_path, actor):
    """Hostile text would set the title; without our policy too, as escaping alone must do."""
    page = report_page(hostile, actor=actor)
    for name, written in (("as-it-is", page), ("without-policy", page.replace("Content-Security-Policy", "X-Nothing"))):
        file = tmp_path / f"{name}.html"
        file.write_text(written, encoding="utf-8")
        shown = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000",
             "--dump-dom", file.as_uri()],
            capture_output=True, text=True, timeout=120, check=True,
        ).stdout  # fmt: skip
        assert "<title>taken" not in shown
        assert "– portavoce</title>" in shown
        assert "<script" not in shown
        assert shown.count("<main>") == 1
        assert shown.rstrip().endswith("</body></html>")
