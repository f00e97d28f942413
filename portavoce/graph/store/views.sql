-- What people and Datasette read: the same rows with names in the place of keys.

CREATE VIEW who_said AS
SELECT s.id, ar.published, ar.id AS article, a.name AS speaker, a.id AS actor, s.kind, s.text, s.category, s.polarity, s.certainty,
    (SELECT group_concat(t.label, '; ') FROM about b JOIN topics t ON t.key = b.topic WHERE b.statement = s.key AND t.scheme <> 'category') AS topics,
    s.confidence, s.rule
FROM statements s
JOIN articles ar ON ar.key = s.article
LEFT JOIN said d ON d.statement = s.key
LEFT JOIN appearances p ON p.article = d.article AND p.form = d.form
LEFT JOIN actors a ON a.key = p.actor;

CREATE VIEW who_is_mentioned AS
SELECT a.name AS actor, a.id AS actor_id, ar.id AS article, ar.published, s.id AS statement, m.evidence
FROM mentions m
JOIN appearances p ON p.article = m.article AND p.form = m.form
JOIN actors a ON a.key = p.actor
JOIN articles ar ON ar.key = m.article
LEFT JOIN statements s ON s.key = m.statement;

CREATE VIEW who_held_what AS
SELECT h.name AS holder, o.role, b.name AS body, ar.published AS seen, ar.id AS article, o.evidence
FROM offices o
JOIN appearances p ON p.article = o.article AND p.form = o.holder
JOIN actors h ON h.key = p.actor
JOIN appearances q ON q.article = o.article AND q.form = o.body
JOIN actors b ON b.key = q.actor
JOIN articles ar ON ar.key = o.article;

CREATE VIEW who_did_what AS
SELECT s.name AS source, r.type, t.name AS target, r.modality, r."trigger", ar.published, ar.id AS article, r.evidence
FROM relations r
JOIN appearances p ON p.article = r.article AND p.form = r.source
JOIN actors s ON s.key = p.actor
JOIN appearances q ON q.article = r.article AND q.form = r.target
JOIN actors t ON t.key = q.actor
JOIN articles ar ON ar.key = r.article;

CREATE VIEW who_is_who AS
SELECT a.name AS actor, a.id AS actor_id, p.name AS called, p.rule, p.score, ar.id AS article, ar.published
FROM appearances p JOIN actors a ON a.key = p.actor JOIN articles ar ON ar.key = p.article;
