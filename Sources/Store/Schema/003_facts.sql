-- How long the household plans to live on its savings; without it, until the planning age.
ALTER TABLE users ADD COLUMN retirement_years integer CHECK (retirement_years BETWEEN 1 AND 70);

-- An analysis works on a frozen household, and its facts are written before any model is asked.

-- The rows of the household as they were when the facts were computed, and the clock. The Data API limits a
-- row to 64 KB, so what may be long is a row for each of its parts, here and below.
CREATE TABLE job_inputs (
    job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
    position integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('investor', 'account', 'position', 'instrument', 'clock')),
    body jsonb NOT NULL,
    PRIMARY KEY (job_id, position)
);

CREATE TABLE job_facts (
    job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
    position integer NOT NULL,
    id text NOT NULL CHECK (id <> ''),
    body jsonb NOT NULL,
    PRIMARY KEY (job_id, position),
    UNIQUE (job_id, id)
);

-- The household's own words, which may hold digits that are no figures.
CREATE TABLE job_names (
    job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
    position integer NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (job_id, position)
);

ALTER TABLE job_sections ADD COLUMN verdict jsonb;
