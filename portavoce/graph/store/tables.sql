-- The corpus on disk. What an article's record says stands under *forms* (ids that are a function of the record alone);
-- which actor a form is, is settled behind it and stands in appearances.actor.

CREATE TABLE runs (
    key INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    version TEXT NOT NULL,
    model TEXT,
    articles INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    node TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    url TEXT,
    published TEXT,
    publisher TEXT,
    language TEXT,
    text_digest TEXT NOT NULL,
    text_length INTEGER NOT NULL,
    countries TEXT NOT NULL,
    run INTEGER REFERENCES runs(key)
);
CREATE INDEX articles_by_day ON articles(coalesce(published, '') = '', coalesce(published, ''), id);

CREATE TABLE texts (
    article INTEGER PRIMARY KEY REFERENCES articles(key) ON DELETE CASCADE,
    text TEXT NOT NULL
);

-- The records as they came, without the text; all other tables of an article are made from them.
CREATE TABLE records (
    key INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    source TEXT NOT NULL,
    record BLOB NOT NULL,
    UNIQUE (article, digest)
);

CREATE TABLE forms (
    key INTEGER PRIMARY KEY,
    form TEXT NOT NULL UNIQUE
);

CREATE TABLE actors (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT,
    names TEXT,
    kind TEXT,
    wikidata TEXT,
    of_country TEXT,
    statements INTEGER NOT NULL DEFAULT 0,
    mentioned INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    voice TEXT
);
CREATE INDEX actors_by_voice ON actors(voice) WHERE voice IS NOT NULL;
CREATE INDEX actors_by_weight ON actors(statements DESC, mentioned DESC, name, id);
CREATE INDEX actors_by_country ON actors(of_country) WHERE of_country IS NOT NULL;

-- What is known of an actor from elsewhere than the articles: one row for each way in which it is known.
CREATE TABLE identities (
    key INTEGER PRIMARY KEY,
    actor INTEGER NOT NULL REFERENCES actors(key),
    name TEXT NOT NULL,
    wikidata TEXT NOT NULL,
    countries TEXT NOT NULL,
    UNIQUE (actor, name, wikidata, countries)
);

-- A day, here and below, is the first ten characters of what the article is dated with, empty where it is not.
CREATE TABLE appearances (
    article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
    form INTEGER NOT NULL REFERENCES forms(key),
    actor INTEGER REFERENCES actors(key),
    identity INTEGER REFERENCES identities(key),
    name TEXT NOT NULL,
    names TEXT NOT NULL,
    kind TEXT NOT NULL,
    wikidata TEXT,
    of_country TEXT,
    roles TEXT NOT NULL,
    evidence TEXT NOT NULL,
    day TEXT NOT NULL,
    rule TEXT,
    score REAL,
    counted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (article, form)
) WITHOUT ROWID;
CREATE INDEX appearances_by_actor ON appearances(actor, article, form, identity);
CREATE INDEX appearances_by_form ON appearances(form, article, actor);
CREATE INDEX appearances_explained ON appearances(actor, name, rule, score, day) WHERE rule <> 'name';
CREATE INDEX appearances_uncounted ON appearances(form) WHERE counted = 0;

-- The keys of an article's statements count on in the order of their places.
CREATE TABLE statements (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT,
    cue_lemma TEXT,
    category TEXT,
    polarity TEXT NOT NULL,
    certainty TEXT NOT NULL,
    act TEXT NOT NULL,
    tense TEXT NOT NULL,
    reported_by TEXT,
    rule TEXT,
    confidence REAL,
    content TEXT NOT NULL,
    cue TEXT,
    speaker TEXT,
    about TEXT NOT NULL,
    context TEXT NOT NULL,
    topic_words TEXT NOT NULL,
    content_words TEXT NOT NULL,
    words TEXT GENERATED ALWAYS AS (topic_words || ' ' || content_words) VIRTUAL,
    signature BLOB,
    UNIQUE (article, id)
);
CREATE INDEX statements_by_id ON statements(id);
CREATE INDEX statements_by_article ON statements(article);

CREATE VIRTUAL TABLE statements_fts USING fts5(
    topic_words, content_words, content = 'statements', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN
    INSERT INTO statements_fts(rowid, topic_words, content_words) VALUES (new.key, new.topic_words, new.content_words);
END;
CREATE TRIGGER statements_removed AFTER DELETE ON statements BEGIN
    INSERT INTO statements_fts(statements_fts, rowid, topic_words, content_words) VALUES ('delete', old.key, old.topic_words, old.content_words);
END;

CREATE TABLE said (
    article INTEGER NOT NULL,
    form INTEGER NOT NULL,
    statement INTEGER NOT NULL REFERENCES statements(key) ON DELETE CASCADE,
    evidence TEXT NOT NULL,
    PRIMARY KEY (article, form, statement),
    FOREIGN KEY (article, form) REFERENCES appearances(article, form) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX said_by_statement ON said(statement, form);

-- Where an article names an actor; with a statement, the places inside of what it says.
CREATE TABLE mentions (
    article INTEGER NOT NULL,
    form INTEGER NOT NULL,
    statement INTEGER NOT NULL DEFAULT 0,
    evidence TEXT NOT NULL,
    PRIMARY KEY (article, form, statement),
    FOREIGN KEY (article, form) REFERENCES appearances(article, form) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX mentions_by_statement ON mentions(statement, form) WHERE statement > 0;

CREATE TABLE topics (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    scheme TEXT NOT NULL,
    concept TEXT,
    statements INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX topics_by_weight ON topics(statements DESC, label, id);

CREATE TABLE about (
    statement INTEGER NOT NULL REFERENCES statements(key) ON DELETE CASCADE,
    topic INTEGER NOT NULL REFERENCES topics(key),
    rank INTEGER NOT NULL,
    label TEXT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (statement, topic)
) WITHOUT ROWID;
CREATE INDEX about_by_topic ON about(topic, label);

-- Of deeds and offices, words are the folded words of their evidence, and reported_in is the key of the statement that tells of a deed.
CREATE TABLE offices (
    key INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    body INTEGER NOT NULL,
    edge TEXT NOT NULL,
    role TEXT NOT NULL,
    organization TEXT,
    evidence TEXT NOT NULL,
    words TEXT NOT NULL,
    FOREIGN KEY (article, holder) REFERENCES appearances(article, form) ON DELETE CASCADE,
    FOREIGN KEY (article, body) REFERENCES appearances(article, form) ON DELETE CASCADE
);
CREATE INDEX offices_by_holder ON offices(article, holder);
CREATE INDEX offices_by_body ON offices(article, body);
CREATE VIRTUAL TABLE offices_fts USING fts5(words, content = 'offices', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER offices_added AFTER INSERT ON offices BEGIN
    INSERT INTO offices_fts(rowid, words) VALUES (new.key, new.words);
END;
CREATE TRIGGER offices_removed AFTER DELETE ON offices BEGIN
    INSERT INTO offices_fts(offices_fts, rowid, words) VALUES ('delete', old.key, old.words);
END;

CREATE TABLE relations (
    key INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    edge TEXT NOT NULL,
    type TEXT NOT NULL,
    modality TEXT NOT NULL,
    "trigger" TEXT,
    statement TEXT,
    reported_in INTEGER,
    evidence TEXT NOT NULL,
    words TEXT NOT NULL,
    FOREIGN KEY (article, source) REFERENCES appearances(article, form) ON DELETE CASCADE,
    FOREIGN KEY (article, target) REFERENCES appearances(article, form) ON DELETE CASCADE
);
CREATE INDEX relations_by_source ON relations(article, source);
CREATE INDEX relations_by_target ON relations(article, target);
CREATE INDEX relations_by_statement ON relations(statement) WHERE statement IS NOT NULL;
CREATE INDEX relations_by_report ON relations(reported_in) WHERE reported_in IS NOT NULL;
CREATE VIRTUAL TABLE relations_fts USING fts5(words, content = 'relations', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER relations_added AFTER INSERT ON relations BEGIN
    INSERT INTO relations_fts(rowid, words) VALUES (new.key, new.words);
END;
CREATE TRIGGER relations_removed AFTER DELETE ON relations BEGIN
    INSERT INTO relations_fts(relations_fts, rowid, words) VALUES ('delete', old.key, old.words);
END;

-- What several articles report as said once.
CREATE TABLE utterances (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    first INTEGER NOT NULL REFERENCES statements(key) ON DELETE CASCADE,
    copies INTEGER NOT NULL
);
CREATE INDEX utterances_by_first ON utterances(first);
CREATE TABLE copies (
    statement INTEGER NOT NULL REFERENCES statements(key) ON DELETE CASCADE,
    actor INTEGER NOT NULL,
    utterance INTEGER NOT NULL REFERENCES utterances(key) ON DELETE CASCADE,
    day TEXT NOT NULL,
    PRIMARY KEY (statement, actor)
) WITHOUT ROWID;
CREATE INDEX copies_by_actor ON copies(actor, utterance, day);
CREATE INDEX copies_by_utterance ON copies(utterance);

-- What people decided about who is who, and actors of the user's own; lines of the log are only ever added.
CREATE TABLE judgements (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    "left" TEXT NOT NULL DEFAULT '',
    "right" TEXT NOT NULL DEFAULT '',
    verdict TEXT,
    by TEXT NOT NULL DEFAULT '',
    "when" TEXT NOT NULL DEFAULT '',
    undoes TEXT,
    note TEXT NOT NULL DEFAULT ''
);
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN
    SELECT RAISE(ABORT, 'lines of the log of judgements are only ever added');
END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements BEGIN
    SELECT RAISE(ABORT, 'lines of the log of judgements are only ever added');
END;
CREATE TABLE gazetteer (
    key INTEGER PRIMARY KEY,
    entry TEXT NOT NULL UNIQUE
);

-- What settling who is who works on: a name as the whole corpus shows it, what brings names together, what has changed.
CREATE TABLE profiles (
    form INTEGER PRIMARY KEY REFERENCES forms(key) ON DELETE CASCADE,
    profile BLOB NOT NULL,
    actor INTEGER,
    identity INTEGER,
    rule TEXT,
    score REAL
);
CREATE TABLE ties (
    token TEXT NOT NULL,
    form INTEGER NOT NULL REFERENCES forms(key) ON DELETE CASCADE,
    side INTEGER NOT NULL,
    PRIMARY KEY (token, form, side)
) WITHOUT ROWID;
CREATE INDEX ties_by_form ON ties(form);
CREATE TABLE unsettled (
    form INTEGER PRIMARY KEY REFERENCES forms(key) ON DELETE CASCADE,
    recount INTEGER NOT NULL
);
CREATE TABLE unheard (
    voice TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE unnamed (
    actor INTEGER PRIMARY KEY
);
CREATE TABLE uncounted (
    article INTEGER PRIMARY KEY
);

-- What questions would else have to count: words of names, and who has to do with whom.
CREATE TABLE name_words (
    word TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actors(key) ON DELETE CASCADE,
    PRIMARY KEY (word, actor)
) WITHOUT ROWID;
CREATE INDEX name_words_by_actor ON name_words(actor);
CREATE TABLE links (
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    kind TEXT NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (source, target, kind)
) WITHOUT ROWID;
CREATE INDEX links_back ON links(target, source);
CREATE TABLE held (
    holder INTEGER NOT NULL,
    body INTEGER NOT NULL,
    role TEXT NOT NULL,
    day TEXT NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (holder, body, role, day)
) WITHOUT ROWID;
CREATE TABLE deeds (
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    type TEXT NOT NULL,
    day TEXT NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (source, target, type, day)
) WITHOUT ROWID;
CREATE INDEX deeds_back ON deeds(target, source);
CREATE TABLE topic_speakers (
    topic INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    PRIMARY KEY (topic, actor)
) WITHOUT ROWID;
CREATE INDEX speaker_topics ON topic_speakers(actor, topic);

-- The same by periods: a year (2021), a month (202105) or a day (20210503); a day that is none of the calendar's counts as it stands,
-- with nothing else. Keys and their numbers of statements alternate in the lists, which are JSON: the topics of an actor but for
-- categories, the speakers on a topic.
CREATE TABLE actor_periods (
    period NOT NULL,
    actor INTEGER NOT NULL,
    appearances INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    mentioned INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    topics TEXT NOT NULL,
    PRIMARY KEY (period, actor)
) WITHOUT ROWID;
CREATE TABLE topic_periods (
    period NOT NULL,
    topic INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    speakers TEXT NOT NULL,
    PRIMARY KEY (period, topic)
) WITHOUT ROWID;
