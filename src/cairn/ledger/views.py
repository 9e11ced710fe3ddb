"""Views: what outsiders may rely on, whatever the tables become; ``docs/records.md`` lists their columns."""

from __future__ import annotations

from collections.abc import Iterator

VIEWS: dict[str, str] = {
    "v_claims": """
SELECT c.id, d.name AS document, d.outlet, d.published, d.url,
       c.harm, c.low, c.high, c.approx, c.fraction, c.victims, c.groups,
       c.perpetrator, c.means, c.target, c.target_kind,
       c.place, c.country, c.latitude, c.longitude, c.radius_km, c.time_start, c.time_end,
       c.speaker, c.speakers, c.status, c.scope, c.part_of, c.incident,
       c.anchor_start, c.anchor_end,
       substr(d.text, c.anchor_start + 1, c.anchor_end - c.anchor_start) AS words,
       c.reviewed, c.corrected, c.sensitivity, c.confidence, b.recorded_at
FROM current_claims c
JOIN claims e ON e.number = c.number
JOIN batches b ON b.number = e.batch
JOIN documents d ON d.number = c.document
""",
    "v_public_claims": """
SELECT c.id, d.name AS document, d.outlet, d.published,
       c.harm, c.low, c.high, c.approx, c.fraction, c.victims, c.groups,
       c.perpetrator, c.means, c.target_kind,
       CASE c.place_sensitivity WHEN 'public' THEN c.place END AS place, c.country,
       CASE c.place_sensitivity WHEN 'public' THEN round(CAST(c.latitude AS numeric), 1) END AS latitude,
       CASE c.place_sensitivity WHEN 'public' THEN round(CAST(c.longitude AS numeric), 1) END AS longitude,
       c.time_start, c.time_end, c.speaker, c.status, c.scope, c.incident, c.reviewed
FROM current_claims c JOIN documents d ON d.number = c.document
WHERE c.sensitivity = 'public'
""",
    "v_events": """
SELECT c.id, d.name AS document, d.outlet, d.published, d.url,
       c.type, c.mode, c.actor, c.recipient, c.actors, c.recipients, c.participants,
       c.place, c.country, c.latitude, c.longitude, c.radius_km, c.time_start, c.time_end,
       c.speaker, c.speakers, c.status, k.incident,
       c.trigger_start, c.trigger_end,
       substr(d.text, c.trigger_start + 1, c.trigger_end - c.trigger_start) AS words,
       c.reviewed, c.corrected, c.sensitivity, c.confidence, b.recorded_at
FROM current_events c
JOIN events e ON e.number = c.number
JOIN batches b ON b.number = e.batch
JOIN documents d ON d.number = c.document
LEFT JOIN current_claims k ON k.number = c.claim
""",
    "v_public_events": """
SELECT c.id, d.name AS document, d.outlet, d.published,
       c.type, c.mode, c.actor, c.recipient,
       CASE c.place_sensitivity WHEN 'public' THEN c.place END AS place, c.country,
       CASE c.place_sensitivity WHEN 'public' THEN round(CAST(c.latitude AS numeric), 1) END AS latitude,
       CASE c.place_sensitivity WHEN 'public' THEN round(CAST(c.longitude AS numeric), 1) END AS longitude,
       c.time_start, c.time_end, c.speaker, c.status, k.incident, c.reviewed
FROM current_events c
JOIN documents d ON d.number = c.document
LEFT JOIN current_claims k ON k.number = c.claim
WHERE c.sensitivity = 'public'
""",
    "v_documents": """
SELECT d.id, d.name, d.outlet, d.published, d.title, d.url, d.language, b.recorded_at,
       length(d.text) AS characters,
       NOT EXISTS (SELECT 1 FROM documents l WHERE l.name = d.name AND l.number > d.number) AS latest,
       (SELECT count(*) FROM current_claims c WHERE c.document = d.number) AS claims,
       (SELECT count(*) FROM current_events c WHERE c.document = d.number) AS events
FROM documents d JOIN batches b ON b.number = d.batch
""",
    "v_sightings": """
SELECT c.id AS claim, c.variant, min(b.recorded_at) AS first_seen, max(b.recorded_at) AS last_seen,
       count(DISTINCT r.run) AS runs, max(r.run) AS latest_run
FROM sightings s
JOIN claims c ON c.number = s.claim
JOIN readings r ON r.number = s.entry
JOIN batches b ON b.number = r.batch
GROUP BY c.number, c.id, c.variant
""",
    "v_incidents": "SELECT * FROM incidents",
    "v_estimates": "SELECT * FROM estimates",
}


def view_statements() -> Iterator[str]:
    """Yield the SQL that makes the views, the same for both engines."""
    for name, query in VIEWS.items():
        yield f"CREATE VIEW {name} AS {query.strip()}"
