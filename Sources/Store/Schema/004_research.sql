-- A run of the researcher: one for each topic and day, whoever asks for it and however often.
CREATE TABLE research_runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Who asked first; nobody where the schedule did.
    clerk_user_id text REFERENCES users ON DELETE SET NULL,
    topic text NOT NULL CHECK (topic <> ''),
    -- The topic in small letters: what is compared.
    topic_key text NOT NULL CHECK (topic_key <> ''),
    day date NOT NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'failed')),
    claimed_by text,
    lease_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    -- What is being done, in words for the user.
    progress text NOT NULL DEFAULT 'The research is waiting for its turn.',
    result jsonb,
    failure text,
    started_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (topic_key, day),
    CONSTRAINT research_runs_lease_check CHECK (
        (claimed_by IS NULL) = (lease_until IS NULL) AND (claimed_by IS NULL) = (status <> 'running')),
    CONSTRAINT research_runs_result_check CHECK ((status = 'completed') = (result IS NOT NULL)),
    CONSTRAINT research_runs_failure_check CHECK ((status = 'failed') = (failure IS NOT NULL))
);

CREATE INDEX idx_research_runs_created ON research_runs (created_at DESC);

CREATE TRIGGER update_research_runs_updated_at BEFORE UPDATE ON research_runs
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
