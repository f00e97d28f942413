"""Every term of every vocabulary that the files use, named once. `docs/rdf.md` says which is used for what and why."""

from __future__ import annotations

from typing import Final

from portavoce.output.terms import Name

DEFAULT_BASE: Final = "https://example.org/portavoce/"
"""Where the names of nodes hang when the user gives no base IRI of their own."""

VOCABULARIES: Final = {
    "pv": "https://w3id.org/portavoce/ns#",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "void": "http://rdfs.org/ns/void#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": "http://www.wikidata.org/entity/",
}
DATA_PREFIXES: Final = {
    "statement": "st",
    "article": "art",
    "actor": "act",
    "topic": "top",
    "utterance": "utt",
    "publisher": "pub",
    "scheme": "scheme",
    "role": "role",
    "relation": "rel",
    "run": "run",
}
"""The prefix of each kind of node; its namespace is the base IRI, the kind, and a slash."""

A: Final = Name("rdf", "type")
SEQ: Final = Name("rdf", "Seq")
RDF_MEMBER: Final = "_"  # rdf:_1, rdf:_2, … are written and read by number

# classes
PV_STATEMENT: Final = Name("pv", "Statement")
PV_ACTOR: Final = Name("pv", "Actor")
PV_GROUP: Final = Name("pv", "Group")
PV_DOCUMENT: Final = Name("pv", "Document")
PV_MENTION: Final = Name("pv", "Mention")
APPEARANCE: Final = Name("pv", "Appearance")
PV_REPORTED_RELATION: Final = Name("pv", "ReportedRelation")
QUOTATION: Final = Name("schema", "Quotation")
CLAIM: Final = Name("schema", "Claim")
NEWS_ARTICLE: Final = Name("schema", "NewsArticle")
PERSON: Final = Name("schema", "Person")
ORGANIZATION: Final = Name("schema", "Organization")
COUNTRY: Final = Name("schema", "Country")
NEWS_MEDIA: Final = Name("schema", "NewsMediaOrganization")
SOFTWARE: Final = Name("schema", "SoftwareApplication")
SPECIFIC_RESOURCE: Final = Name("oa", "SpecificResource")
POSITION_SELECTOR: Final = Name("oa", "TextPositionSelector")
QUOTE_SELECTOR: Final = Name("oa", "TextQuoteSelector")
ENTITY: Final = Name("prov", "Entity")
AGENT: Final = Name("prov", "Agent")
ACTIVITY: Final = Name("prov", "Activity")
SOFTWARE_AGENT: Final = Name("prov", "SoftwareAgent")
MEMBERSHIP: Final = Name("org", "Membership")
ROLE: Final = Name("org", "Role")
CONCEPT: Final = Name("skos", "Concept")
CONCEPT_SCHEME: Final = Name("skos", "ConceptScheme")
EVENT: Final = Name("sem", "Event")
EVENT_TYPE_CLASS: Final = Name("sem", "EventType")
DATASET: Final = Name("void", "Dataset")

# our properties
SPEAKER: Final = Name("pv", "speaker")
SPEAKER_MENTION: Final = Name("pv", "speakerMention")
SPEAKER_START: Final = Name("pv", "speakerStart")
ACTOR_NAME: Final = Name("pv", "actorName")
CUE: Final = Name("pv", "cue")
CUE_START: Final = Name("pv", "cueStart")
CUE_LEMMA: Final = Name("pv", "cueLemma")
QUOTE_TYPE: Final = Name("pv", "quoteType")
POLARITY: Final = Name("pv", "polarity")
CERTAINTY: Final = Name("pv", "certainty")
ACT: Final = Name("pv", "act")
TENSE: Final = Name("pv", "tense")
CATEGORY: Final = Name("pv", "category")
CONFIDENCE: Final = Name("pv", "confidence")
RULE: Final = Name("pv", "rule")
REPORTED_BY: Final = Name("pv", "reportedBy")
TOPICS_IN_ORDER: Final = Name("pv", "topicsInOrder")
SEGMENT: Final = Name("pv", "segment")
MENTIONED: Final = Name("pv", "mentioned")
REPORTED_IN: Final = Name("pv", "reportedIn")
EVIDENCE: Final = Name("pv", "evidence")
SOURCE: Final = Name("pv", "source")
TARGET: Final = Name("pv", "target")
TRIGGER: Final = Name("pv", "trigger")
TRIGGER_START: Final = Name("pv", "triggerStart")
MODALITY: Final = Name("pv", "modality")
ORGANIZATION_NAME: Final = Name("pv", "organizationName")
OBSERVED_ON: Final = Name("pv", "observedOn")
OF_COUNTRY: Final = Name("pv", "ofCountry")
ACTOR_KIND: Final = Name("pv", "actorKind")
APPEARING: Final = Name("pv", "appearing")
FORM: Final = Name("pv", "form")
SPEAKER_FORM: Final = Name("pv", "speakerForm")
ORGANIZATION_FORM: Final = Name("pv", "organizationForm")
SOURCE_FORM: Final = Name("pv", "sourceForm")
TARGET_FORM: Final = Name("pv", "targetForm")
IDENTIFIED_BY: Final = Name("pv", "identifiedBy")
IDENTITY_SCORE: Final = Name("pv", "identityScore")
ROLE_WORDS: Final = Name("pv", "roleWords")
KIND_TOLD: Final = Name("pv", "kindTold")
COUNTRY_TOLD: Final = Name("pv", "countryTold")
NAMES_COUNTRY: Final = Name("pv", "namesCountry")
TEXT_DIGEST: Final = Name("pv", "textDigest")
TEXT_LENGTH: Final = Name("pv", "textLength")
PROFILE: Final = Name("pv", "profile")
CONFIG_DIGEST: Final = Name("pv", "configDigest")

# properties of others
TEXT: Final = Name("schema", "text")
COPY_OF: Final = Name("schema", "appearance")
FIRST_COPY: Final = Name("schema", "firstAppearance")
ABOUT: Final = Name("schema", "about")
MENTIONS: Final = Name("schema", "mentions")
IS_PART_OF: Final = Name("schema", "isPartOf")
IN_LANGUAGE: Final = Name("schema", "inLanguage")
SPOKEN_BY: Final = Name("schema", "spokenByCharacter")
NAME: Final = Name("schema", "name")
ALTERNATE_NAME: Final = Name("schema", "alternateName")
SAME_AS: Final = Name("schema", "sameAs")
IDENTIFIER: Final = Name("schema", "identifier")
HEADLINE: Final = Name("schema", "headline")
URL: Final = Name("schema", "url")
DATE_PUBLISHED: Final = Name("schema", "datePublished")
PUBLISHER: Final = Name("schema", "publisher")
ROLE_NAME: Final = Name("schema", "roleName")
POSITION: Final = Name("schema", "position")
SOFTWARE_VERSION: Final = Name("schema", "softwareVersion")
START: Final = Name("oa", "start")
END: Final = Name("oa", "end")
EXACT: Final = Name("oa", "exact")
PREFIX: Final = Name("oa", "prefix")
SUFFIX: Final = Name("oa", "suffix")
HAS_SOURCE: Final = Name("oa", "hasSource")
HAS_SELECTOR: Final = Name("oa", "hasSelector")
WAS_QUOTED_FROM: Final = Name("prov", "wasQuotedFrom")
WAS_DERIVED_FROM: Final = Name("prov", "wasDerivedFrom")
WAS_GENERATED_BY: Final = Name("prov", "wasGeneratedBy")
WAS_ASSOCIATED_WITH: Final = Name("prov", "wasAssociatedWith")
USED: Final = Name("prov", "used")
MEMBER: Final = Name("org", "member")
IN_ORGANIZATION: Final = Name("org", "organization")
WITH_ROLE: Final = Name("org", "role")
PREF_LABEL: Final = Name("skos", "prefLabel")
IN_SCHEME: Final = Name("skos", "inScheme")
EXACT_MATCH: Final = Name("skos", "exactMatch")
CLOSE_MATCH: Final = Name("skos", "closeMatch")
NOTATION: Final = Name("skos", "notation")
EVENT_TYPE: Final = Name("sem", "eventType")
URI_SPACE: Final = Name("void", "uriSpace")
TRIPLES: Final = Name("void", "triples")
ENTITIES: Final = Name("void", "entities")
VOCABULARY: Final = Name("void", "vocabulary")

QUOTE_TYPES: Final = ("direct", "indirect", "mixed")
POLARITIES: Final = ("asserts", "denies", "open")
CERTAINTIES: Final = ("certain", "reported", "possible")
ACTS: Final = ("statement", "question", "request")
TENSES: Final = ("past", "present", "future", "none")
MODALITIES: Final = ("actual", "planned", "possible", "denied")
RELATION_TYPES: Final = (
    "agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "request",
    "accuse", "reject", "threaten", "protest", "sanction", "mobilize", "coerce", "assault", "defeat", "role", "kin",
)  # fmt: skip
"""PLOVER's sixteen event types and three of our own, each an individual of our vocabulary; another type is a name under the base IRI."""
VALUES: Final = {
    value: Name("pv", value)
    for value in (*QUOTE_TYPES, *POLARITIES, *CERTAINTIES, *ACTS, *TENSES, *MODALITIES, *RELATION_TYPES)
}

ACTOR_CLASSES: Final = {
    "person": PERSON,
    "organization": ORGANIZATION,
    "country": COUNTRY,
    "group": PV_GROUP,
    "document": PV_DOCUMENT,
}
"""The class of each kind of actor beside pv:Actor, which an actor of unknown kind has alone."""

IPTC: Final = {
    category: f"http://cv.iptc.org/newscodes/mediatopic/{code:02}000000"
    for code, category in enumerate(
        (
            "arts_media", "crime_justice", "disaster", "economy", "education", "environment", "health",
            "human_interest", "labour", "lifestyle", "politics", "religion", "science_tech", "society", "sport",
            "conflict", "weather",
        ),
        start=1,
    )
}  # fmt: skip
"""The IPTC Media Topic of each category."""


def namespaces(base: str) -> dict[str, str]:
    """The namespace of every prefix, for files whose nodes hang under ``base``."""
    return VOCABULARIES | {prefix: f"{base}{kind}/" for kind, prefix in DATA_PREFIXES.items()}
