from portavoce.graph.query import actors, topics


def test_actors_come_with_their_counts_and_roles(graph):
    found = actors(graph)
    assert [a.name for a in found[:2]] == ["Marco Rossi", "Russia"]
    rossi, russia = found[:2]
    assert (rossi.statements, rossi.mentioned, rossi.articles, rossi.roles) == (
        2,
        2,
        2,
        ("ministro delle Infrastrutture",),
    )
    assert (russia.kind, russia.wikidata, russia.names) == ("country", "Q159", ("Mosca", "Russia"))
    assert len(found) == 11


def test_somebody_in_every_article_is_somebody_else_each_time(graph):
    assert [a.statements for a in actors(graph) if a.name == "alcuni testimoni"] == [1, 1]


def test_topics_come_with_their_speakers(graph):
    found = {(t.scheme, t.label): t for t in topics(graph)}
    bridge = found["phrase", "ponte sul Lario"]
    assert (bridge.statements, bridge.speakers) == (2, ("Anna Bianchi", "Marco Rossi"))
    politics = found["category", "politics"]
    assert (politics.statements, politics.speakers[0]) == (8, "Marco Rossi")
    assert topics(graph)[0] == politics
    assert found["eurovoc", "opera pubblica"].concept == "http://eurovoc.europa.eu/3015"
