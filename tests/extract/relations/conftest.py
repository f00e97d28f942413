import pytest

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations import find_relations


@pytest.fixture
def related(parse):
    """The relations of a parsed table, as source, type, target and modality."""

    def find(table):
        actors = Actors(parse(table))
        found = find_relations(actors, [], [])
        return [(actors.actors[s].name, f.type, actors.actors[t].name, f.modality) for f, s, t in found]

    return find
