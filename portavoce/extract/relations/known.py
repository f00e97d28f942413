"""Those whom an article knows, as parties: its actors, the places that it names, countries by name or by adjective."""

from __future__ import annotations

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.relations.found import Party


class Known:
    """What the actors of one article are as parties."""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors

    def is_person(self, i: int) -> bool:
        """Whether an actor of the article stands at a token that is a person."""
        index = self.actors.actor_at.get(i)
        return index is not None and self.actors.actors[index].kind == "person"

    def actor(self, index: int, at: int, how: str) -> Party:
        """An actor of the article as a party; a country under its usual name."""
        actor = self.actors.actors[index]
        if actor.kind == "country":
            index = self.actors.country(self.actors.words.countries.get(actor.name, actor.name))
            actor = self.actors.actors[index]
        return Party(actor.name, actor.kind, at, how, index)

    def place(self, i: int) -> Party | None:
        """The place named at a token as the town or region that it is, not as the capital that stands for a state."""
        a = self.actors
        k = a.name_at[i]
        if k < 0 or not a.is_place(i):
            return None
        name = a.names[k]

        def make() -> int:
            return a.describe(i, name.first, name.last, kind="organization", proper=True, name=name.text)

        return Party(name.text, "organization", i, "place", None, make)

    def speaking_place(self, i: int) -> Party:
        """The place named at a token as the actor that it is where it acts: a capital as its state."""
        a = self.actors
        name = a.place_name(i)
        return Party(name, "organization", i, "place", None, lambda: a.speaking_place(i))

    def country_of(self, i: int) -> Party:
        """The country of an adjective ("l'attacco russo")."""
        return self.country(self.actors.words.demonyms[self.actors.tokens.lemma[i]], i)

    def country(self, name: str, at: int = -1) -> Party:
        """A country by its name."""
        a = self.actors
        return Party(name, "country", at, "country", None, lambda: a.country(name))
