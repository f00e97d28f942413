"""What is chosen in tables to be told reads as over the graph: relations, who does what, offices, whatever the conditions."""

import random
from itertools import combinations, product

import pytest

from portavoce.graph import query
from portavoce.graph.query import actors
from portavoce.graph.schema import STATEMENT, local_id, nodes_of
from portavoce.graph.store import Corpus
from portavoce.records import Article
from tests.graph.store.conftest import articles, put
from tests.graph.store.test_asking import told

OFFICES = ("portavoce", "presidente", "ministro degli Esteri", "ambasciatrice", "medico", "ex portavoce")
BODIES = ("Cremlino", "Russia", "governo russo", "Palazzo Chigi", "Italia", None)
CONDITIONS = (
    {}, {"since": "2020"}, {"since": "2019-03", "until": "2022-06-15"}, {"until": "2018"}, {"topic": "ra"}, {"topic": "de ra"},
    {"topic": "ro", "since": "2021"}, {"topic": "zzz"}, {"since": "2090"},
)  # fmt: skip


def varied(count, seed):
    """Articles in which some speak together or of themselves, without a day, with offices that speak, and copied by others."""
    rng = random.Random(seed)
    for article in articles(count, actors=9, seed=seed):
        record = article.to_json()
        ids = [actor["id"] for actor in record["actors"]]
        if rng.random() < 0.2:
            record["published"] = rng.choice((None, "2021", "2020-04"))
        for statement in record["statements"]:
            if rng.random() < 0.3 and len(ids) > 1:
                statement["actor_ids"] = rng.sample(ids, 2)
            elif rng.random() < 0.1:
                statement.update(actor=None, actor_id=None, speaker=None)
            if rng.random() < 0.4:
                for start in range(statement["content"][0]["start"], statement["content"][0]["start"] + 3):
                    record["mentions"].append({"start": start, "end": start + 1, "actor_id": rng.choice(ids)})
        span = record["statements"][0]["content"][0]
        for _ in range(rng.randint(0, 3)):
            name = rng.choice((*BODIES, *(actor["name"] for actor in record["actors"])))
            role = {"role": rng.choice(OFFICES), "organization": name, "evidence": span}
            record["roles"].append({"actor_id": rng.choice(ids), **role})
        for _ in range(3):
            source, target = rng.choice(ids), rng.choice(ids)
            deed = {"source": source, "target": target, "type": "accuse", "trigger": span, "evidence": span}
            record["relations"].append({**deed, "modality": rng.choice(("actual", "possible"))})
        for relation in record["relations"]:
            relation["statement"] = rng.choice((None, rng.choice(record["statements"])["id"]))
            relation["type"] = rng.choice((relation["type"], "role", "accuse"))
        yield Article.from_json(record)
        if rng.random() < 0.3:
            yield Article.from_json({**record, "id": f"copia di {article.id}"})


@pytest.fixture(scope="module", params=[1, 2])
def both(request, tmp_path_factory):
    with Corpus(tmp_path_factory.mktemp("corpus") / "news.db", create=True) as corpus:
        put(corpus, varied(25, request.param))
        corpus.settle()
        yield corpus, corpus.graph()


def some(graph, seed=5):
    """Names of those who speak most, of some others, and of one who never speaks."""
    names = [actor.name for actor in actors(graph)]
    silent = next(actor.name for actor in actors(graph) if not actor.statements)
    return [*names[:3], *random.Random(seed).sample(names, 2), silent, "Russia"]


def check(both, question, *args, **conditions):
    corpus, graph = both
    one = told(lambda: corpus.ask(question, *args, **conditions))
    assert one == told(lambda: getattr(query, question)(graph, *args, **conditions)), (question, args, conditions)
    return one


def test_relations_of_one_and_of_two(both):
    names = some(both[1])
    lines = 0
    for n, (conditions, limit) in enumerate(product(CONDITIONS, (None, 4))):
        a, b = names[n % len(names)], names[(n // 2) % len(names)]  # now and then the same
        for args in ((a,), (names[0], names[1]), (a, b), (b, b)):
            lines += len(check(both, "relations", *args, **conditions, limit=limit).lines)
        check(both, "relations", a, b, types=("accuse", "role"), **conditions, limit=limit)
        check(both, "relations", a, types=("criticize",), **conditions, limit=limit)
    assert lines > 1000


def test_everything_that_stands_between_two_is_among_it(both):
    answers = [check(both, "relations", *two, limit=6) for two in combinations(some(both[1])[:4], 2)]
    kinds = {line.kind for answer in answers for line in answer.lines}
    assert kinds == {"says", "relation", "role", "together", "topic"}
    assert any(answer.between and answer.deeds and answer.mentions for answer in answers)


def test_who_does_what(both):
    names = some(both[1])
    asked = {
        "says_about": [*names[:3], "tema", "ra", "de ra", "zzz"],
        "accuses": names,
        "speaks_for": [names[0], *BODIES[:3], "Italia", "russo"],
    }
    found = dict.fromkeys(asked, 0)
    for n, (conditions, question) in enumerate(product(CONDITIONS, asked)):
        for limit, name in zip((None, 2) * 4, asked[question][n % 2 :], strict=False):
            answers, *_ = check(both, "who", **{question: name}, **conditions, limit=limit)
            found[question] += isinstance(answers, list) and len(answers)
    assert min(found.values()) > 20


def test_offices_by_the_days_on_which_they_are_told(both):
    for days, limit in product(
        ({}, {"since": "2020"}, {"since": "2019-03", "until": "2021"}, {"until": "2020-04"}), (None, 1, 4, 30)
    ):
        for args in ((), (some(both[1])[0],), ("Russia",)):
            check(both, "roles", *args, **days, limit=limit)


@pytest.mark.parametrize(
    "conditions", [{"since": "ieri"}, {"until": "20"}, {"topic": "-"}, {"since": "ieri", "topic": "-"}]
)
def test_conditions_that_are_none_are_told_alike(both, conditions):
    name = some(both[1])[0]
    check(both, "relations", name, **conditions)
    check(both, "relations", "Nessuno Qui", **conditions)
    for question in ("says_about", "accuses", "speaks_for"):
        check(both, "who", **{question: name}, **conditions)
        check(both, "who", **{question: "-"})
    if "topic" not in conditions:
        check(both, "roles", **conditions, limit=3)


def test_a_broad_topic_is_looked_up_statement_by_statement(both, monkeypatch):
    monkeypatch.setattr("portavoce.graph.store.conditions.MANY", 3)
    monkeypatch.setattr("portavoce.graph.store.questions.who.MATCHED", 3)
    names = some(both[1])
    for topic in ("ra", "de ra"):
        check(both, "relations", names[0], names[1], topic=topic, limit=4)
        check(both, "relations", names[1], topic=topic, since="2019")
        check(both, "who", says_about=names[0], topic=topic)
        check(both, "who", says_about="tema", topic=topic)
        check(both, "who", speaks_for="Russia", topic=topic)


def test_words_of_deeds_and_offices_are_folded_and_begin_words(tmp_path):
    """Of all deeds and offices those on a topic are looked up, and of those of an actor each is read: both as over the graph."""
    words = (
        "L'Ærø di Đorđević",
        "Straße Łódź perché",
        "北京 Пётр",
        "x²y ½ 3ª",
        "G7-G20",
        "snake_case ﬁnale",
        "Στρατός ΣΑΣ",
        "İzmir ılık",
        "di della",
    )
    with Corpus(tmp_path / "news.db", create=True) as corpus:
        for n, (article, told_by) in enumerate(zip(articles(2 * len(words), actors=9), 2 * words, strict=True)):
            record = {**article.to_json(), "id": f"articolo {n}"}
            span = {"start": len(record["text"]) + 1, "end": len(record["text"]) + 1 + len(told_by), "text": told_by}
            record["text"] += f" {told_by}"
            ids = [actor["id"] for actor in record["actors"]][:2]
            record["relations"], record["roles"] = [], []
            if n < len(words):
                deed = {"source": ids[0], "target": ids[1], "type": "accuse", "trigger": span, "modality": "actual"}
                record["relations"] = [{**deed, "statement": None, "evidence": span}]
            else:
                record["roles"] = [{"actor_id": ids[0], "role": "sindaco", "organization": None, "evidence": span}]
            put(corpus, [Article.from_json(record)])
        corpus.settle()
        both = corpus, corpus.graph()
        asked = {word[:n] for told_by in words for word in told_by.replace("-", " ").split() for n in (1, 3, 9)} | {
            "e",
            "di",
            "ro đo",
        }
        found = 0
        for topic in sorted(asked):
            answer = check(both, "actors", topic=topic)
            found += isinstance(answer[0], list) and len(answer[0])
            check(both, "path", *[actor.name for actor in actors(both[1])][:2], topic=topic)
        assert found > 50


def test_copies_and_joint_speech_are_among_the_articles(both):
    corpus, graph = both
    assert any(corpus.db.execute("SELECT 1 FROM copies LIMIT 1"))
    assert any(len(query.show(graph, local_id(s)).statement.speaker_ids) > 1 for s, _ in nodes_of(graph, STATEMENT))


def test_nothing_of_it_loads_the_whole_graph(both, monkeypatch):
    corpus, graph = both
    monkeypatch.setattr(Corpus, "graph", None)
    name, other, *_ = some(graph)
    corpus.ask("relations", name, other)
    corpus.ask("roles", limit=3)
    for asked in (
        {"says_about": name},
        {"says_about": "tema"},
        {"accuses": name},
        {"speaks_for": "Russia", "topic": "ra"},
    ):
        corpus.ask("who", **asked)
