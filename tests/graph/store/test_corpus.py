"""A corpus is a function of the set of its articles, whatever came and went before."""

import random
from dataclasses import replace

import pytest

from portavoce.errors import InputError, RecordError
from portavoce.graph.build import build_graph
from portavoce.graph.judgements import Judgement
from portavoce.graph.store import Corpus
from portavoce.output import write
from tests.graph.store.conftest import check, put


def turtle(graph, path):
    write(graph, path, profile="full")
    return path.read_bytes()


def test_what_is_added_is_told_and_there(corpus, made):
    found = made(5)
    assert [(a.article.id, a.new) for a in put(corpus, found)] == [(a.id, True) for a in found]
    assert len(corpus) == 5
    assert list(corpus.records()) == sorted(found, key=lambda a: a.id)
    check(corpus)


def test_an_article_twice_changes_nothing(corpus, made):
    put(corpus, made(4))
    corpus.settle()
    before = list(corpus.db.iterdump())
    assert [a.new for a in put(corpus, made(4))] == [False] * 4
    assert not corpus.is_unsettled
    assert list(corpus.db.iterdump()) == before


def test_another_text_under_the_same_id_is_a_reject(corpus, made):
    article = made(1)[0]
    put(corpus, [article])
    other = replace(article.bare(), text="Un altro testo.")
    rejects = []
    assert put(corpus, [other], on_reject=rejects.append) == []
    assert "two different texts" in rejects[0].reason
    with pytest.raises(RecordError, match="two different texts"):
        put(corpus, [other])
    assert len(corpus) == 1


def test_a_record_that_does_not_fit_leaves_no_trace(corpus, made):
    good, bad = made(2)
    bad = replace(bad, mentions=(replace(bad.mentions[0], actor_id="nobody-00000000"),))
    rejects = []
    put(corpus, [bad, good], on_reject=rejects.append)
    assert [r.id for r in rejects] == [bad.id]
    assert list(corpus.records()) == [good]
    check(corpus)


def test_half_a_character_is_a_reject(corpus, made):
    article = made(1)[0]
    rejects = []
    put(
        corpus,
        [replace(article, title="a\ud800"), replace(article.bare(), id="b", text="c\udc00")],
        on_reject=rejects.append,
    )
    assert [r.id for r in rejects] == [article.id, "b"]
    assert len(corpus) == 0


def test_two_records_of_one_article_are_united_as_in_other_files(corpus, made, tmp_path):
    article = made(1)[0]
    halves = [
        replace(article, statements=article.statements[:6]),
        replace(article, statements=article.statements[4:], title=None),
    ]
    put(corpus, halves)
    check(corpus)
    assert turtle(corpus.graph(), tmp_path / "a.ttl") == turtle(build_graph(halves), tmp_path / "b.ttl")


def test_articles_that_nobody_looked_at_are_known_by_all_that_they_say_of_themselves(corpus, made):
    article = made(1)[0]
    assert not corpus.holds(article.bare())
    put(corpus, [article])
    assert corpus.holds(article.bare())
    assert not corpus.holds(replace(article.bare(), title="anders"))
    with pytest.raises(RecordError):
        corpus.holds(replace(article.bare(), text="Altro."))


def test_removing_leaves_nothing_behind(corpus, made):
    found = made(8)
    put(corpus, found)
    corpus.settle()
    assert corpus.remove([a.id for a in found[3:]]) == 5
    check(corpus)
    corpus.remove([a.id for a in found[:3]])
    check(corpus)
    kept = {"runs", "sqlite_sequence"}
    tables = [
        n
        for (n,) in corpus.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts%'")
    ]
    assert {t for t in tables if corpus.db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]} <= kept


def test_removing_what_is_not_there_removes_nothing(corpus, made):
    found = made(2)
    put(corpus, found)
    with pytest.raises(InputError, match="holds no article 'nix'; nothing was removed"):
        corpus.remove([found[0].id, "nix"])
    assert len(corpus) == 2


@pytest.mark.parametrize("seed", [1, 2])
def test_who_is_who_is_the_same_in_whatever_steps_it_was_settled(corpus, made, seed):
    """Articles come and go and people decide: the tables agree with the resolution of everything at once."""
    rng = random.Random(seed)
    out, inside = made(30, actors=30, seed=seed), []
    for step in range(24):
        what = rng.random()
        if what < 0.6 and out:
            some = [out.pop() for _ in range(min(len(out), rng.randint(1, 3)))]
            put(corpus, some)
            inside += some
        elif what < 0.8 and inside:
            article = inside.pop(rng.randrange(len(inside)))
            corpus.remove([article.id])
            out.append(article)
        elif inside:
            rows = corpus.db.execute(
                "SELECT f.form, ar.node FROM appearances p JOIN forms f ON f.key = p.form JOIN articles ar ON ar.key = p.article ORDER BY 1, 2"
            )
            forms = [form for f, node in rows.fetchall() for form in (f, f"{f}@{node}")]
            lines = corpus.judgements().lines
            if lines and rng.random() < 0.3:
                corpus.judge(Judgement.undoing(rng.choice(lines).id, by="x", when=str(step)))
            else:
                corpus.judge(
                    Judgement.of(*rng.sample(forms, 2), rng.choice(["same", "different"]), by="x", when=f"{step:03}")
                )
        if rng.random() < 0.5:
            corpus.settle()
        if step % 8 == 7:
            check(corpus)


def test_ten_splits_and_orders_give_the_same_turtle(made, tmp_path):
    found = made(14, actors=20, seed=5)
    whole = turtle(build_graph(found), tmp_path / "whole.ttl")
    rng = random.Random(7)
    for n in range(10):
        order, path = list(found), tmp_path / f"{n}.db"
        rng.shuffle(order)
        while order:
            part = [order.pop() for _ in range(min(len(order), rng.randint(1, 6)))]
            with Corpus(path, create=True) as corpus:
                put(corpus, part + part[:1])
                if rng.random() < 0.5:
                    corpus.settle()
        with Corpus(path) as corpus:
            assert turtle(corpus.graph(), tmp_path / "part.ttl") == whole


def test_the_log_of_judgements_is_only_ever_added_to(corpus):
    line = Judgement.of("a", "b", "same", by="anna", when="2024")
    corpus.judge(line)
    corpus.judge(line)
    assert corpus.judgements().lines == (line,)
    for change in ("DELETE FROM judgements", "UPDATE judgements SET by = 'x'"):
        with pytest.raises(Exception, match="only ever added"):
            corpus.db.execute(change)


def test_a_gazetteer_of_the_users_own_stays_in_the_corpus(corpus, made, tmp_path):
    from portavoce.graph.resolve import Gazetteer

    found = made(6)
    put(corpus, found)
    corpus.settle()
    name = next(a.name for a in corpus.actors() if a.kind == "person" and len(a.name.split()) == 2)
    file = tmp_path / "own.csv"
    file.write_text(f"name,kind,wikidata\n{name},person,Q424242\n", encoding="utf-8")
    corpus.keep_gazetteer(Gazetteer.read([str(file)]))
    check(corpus)
    assert "Q424242" in {a.wikidata for a in corpus.actors()}
    with Corpus(corpus.path) as again:
        assert [e.name for e in again.gazetteer().entries if e.own] == [name]
