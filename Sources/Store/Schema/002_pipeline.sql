-- What an analysis needs to survive crashes, redeliveries and stale prices.

ALTER TABLE users
    ADD COLUMN birth_year integer CHECK (birth_year BETWEEN 1900 AND 2100),
    ADD COLUMN yearly_contribution numeric(12, 2) CHECK (yearly_contribution >= 0),
    ADD CONSTRAINT users_asset_class_names_check CHECK (asset_class_targets - ARRAY[
        'equity', 'fixed_income', 'real_estate', 'commodities', 'cash', 'alternatives'] = '{}'),
    ADD CONSTRAINT users_region_names_check CHECK (region_targets - ARRAY[
        'north_america', 'europe', 'asia', 'latin_america', 'africa', 'middle_east', 'oceania', 'global',
        'international'] = '{}');

-- A price has a time and a source or it is no price. A classification is whole or absent.
ALTER TABLE instruments
    ADD COLUMN price_as_of timestamptz,
    ADD COLUMN price_source text CHECK (price_source IN ('seed', 'polygon', 'household')),
    ADD COLUMN classification_source text
        CHECK (classification_source IN ('seed', 'tagger', 'household')),
    ADD CONSTRAINT instruments_price_check
        CHECK (num_nulls(current_price, price_as_of, price_source) IN (0, 3)),
    ADD CONSTRAINT instruments_classification_check CHECK (
        (allocation_regions = '{}') = (allocation_asset_class = '{}')
        AND (allocation_sectors = '{}') = (allocation_asset_class = '{}')
        AND (classification_source IS NULL) = (allocation_asset_class = '{}')),
    ADD CONSTRAINT instruments_asset_class_names_check CHECK (allocation_asset_class - ARRAY[
        'equity', 'fixed_income', 'real_estate', 'commodities', 'cash', 'alternatives'] = '{}'),
    ADD CONSTRAINT instruments_region_names_check CHECK (allocation_regions - ARRAY[
        'north_america', 'europe', 'asia', 'latin_america', 'africa', 'middle_east', 'oceania', 'global',
        'international'] = '{}'),
    ADD CONSTRAINT instruments_sector_names_check CHECK (allocation_sectors - ARRAY[
        'technology', 'healthcare', 'financials', 'consumer_discretionary', 'consumer_staples',
        'industrials', 'energy', 'materials', 'utilities', 'real_estate', 'communication', 'treasury',
        'corporate', 'mortgage', 'government_related', 'commodities', 'diversified', 'other'] = '{}');

-- A job is claimed with a lease before work: guides/decisions/006-claims-with-leases.md.
ALTER TABLE jobs
    ADD COLUMN enqueued_at timestamptz,
    ADD COLUMN claimed_by text,
    ADD COLUMN lease_until timestamptz,
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN missing_sections jsonb NOT NULL DEFAULT '[]',
    ADD CONSTRAINT jobs_lease_check CHECK ((claimed_by IS NULL) = (lease_until IS NULL));

CREATE TABLE job_sections (
    job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
    section text NOT NULL CHECK (section IN ('report', 'charts', 'retirement')),
    status text NOT NULL CHECK (status IN ('pending', 'running', 'saved', 'failed')),
    claimed_by text,
    lease_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    failure text,
    seconds double precision,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (job_id, section),
    CONSTRAINT job_sections_lease_check CHECK (
        (claimed_by IS NULL) = (lease_until IS NULL) AND (claimed_by IS NULL) = (status <> 'running')),
    CONSTRAINT job_sections_failure_check CHECK ((status = 'failed') = (failure IS NOT NULL))
);

-- Written under the lock of the job's row, so a reader who asks for what comes after a sequence misses
-- nothing.
CREATE TABLE job_events (
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL CHECK (kind IN (
        'queued', 'started', 'tagging_started', 'tagging_finished', 'prices_updated', 'section_started',
        'section_finished', 'section_failed', 'completed', 'failed')),
    section text CHECK (section IN ('report', 'charts', 'retirement')),
    message text NOT NULL,
    seconds double precision,
    PRIMARY KEY (job_id, sequence)
);

CREATE INDEX idx_jobs_user_created ON jobs (clerk_user_id, created_at DESC, id DESC);
CREATE INDEX idx_jobs_unfinished ON jobs (created_at) WHERE status IN ('pending', 'running');

CREATE TRIGGER update_job_sections_updated_at BEFORE UPDATE ON job_sections
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
