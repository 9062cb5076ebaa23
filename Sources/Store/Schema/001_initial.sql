-- The five tables of Alex. Names and columns are those that customers' tools already know.

-- True for '{}' (nobody has said) and for parts of which none is negative and that sum to 100 +- 0.05.
CREATE FUNCTION is_allocation(parts jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(parts) = 'object' AND (parts = '{}' OR (
        SELECT bool_and(percent >= 0) AND count(*) = count(percent) AND abs(sum(percent) - 100) <= 0.05
        FROM (
            SELECT CASE jsonb_typeof(value) WHEN 'number' THEN value::text::numeric END AS percent
            FROM jsonb_each(CASE jsonb_typeof(parts) WHEN 'object' THEN parts ELSE '{}' END)
        ) AS part
    ))
$$;

CREATE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at = now();
    RETURN NEW;
END
$$;

CREATE TABLE users (
    clerk_user_id varchar(255) PRIMARY KEY CHECK (clerk_user_id <> ''),
    display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 255),
    years_until_retirement integer NOT NULL DEFAULT 20 CHECK (years_until_retirement BETWEEN 0 AND 100),
    target_retirement_income numeric(12, 2) NOT NULL DEFAULT 60000 CHECK (target_retirement_income >= 0),
    asset_class_targets jsonb NOT NULL DEFAULT '{"equity": 70, "fixed_income": 30}'
        CHECK (is_allocation(asset_class_targets) AND asset_class_targets <> '{}'),
    region_targets jsonb NOT NULL DEFAULT '{"north_america": 50, "international": 50}'
        CHECK (is_allocation(region_targets) AND region_targets <> '{}'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE instruments (
    symbol varchar(20) PRIMARY KEY CHECK (symbol ~ '^[A-Z0-9.^=-]+$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    instrument_type text CHECK (instrument_type IN (
        'etf', 'mutual_fund', 'stock', 'bond', 'bond_fund', 'commodity', 'reit')),
    current_price numeric(12, 4) CHECK (current_price > 0),
    allocation_regions jsonb NOT NULL DEFAULT '{}' CHECK (is_allocation(allocation_regions)),
    allocation_sectors jsonb NOT NULL DEFAULT '{}' CHECK (is_allocation(allocation_sectors)),
    allocation_asset_class jsonb NOT NULL DEFAULT '{}' CHECK (is_allocation(allocation_asset_class)),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    clerk_user_id varchar(255) NOT NULL REFERENCES users ON DELETE CASCADE,
    account_name text NOT NULL CHECK (char_length(account_name) BETWEEN 1 AND 255),
    account_purpose text CHECK (char_length(account_purpose) <= 1000),
    cash_balance numeric(12, 2) NOT NULL DEFAULT 0 CHECK (cash_balance >= 0),
    cash_interest numeric(5, 4) NOT NULL DEFAULT 0 CHECK (cash_interest BETWEEN 0 AND 1),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE positions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    symbol varchar(20) NOT NULL REFERENCES instruments,
    quantity numeric(20, 8) NOT NULL CHECK (quantity > 0 AND quantity <> 'NaN'),
    as_of_date date NOT NULL DEFAULT current_date,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, symbol)
);

CREATE TABLE jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    clerk_user_id varchar(255) NOT NULL REFERENCES users ON DELETE CASCADE,
    job_type varchar(50) NOT NULL CHECK (job_type IN (
        'portfolio_analysis', 'rebalance_recommendation', 'retirement_projection', 'risk_assessment',
        'tax_optimization', 'instrument_research')),
    status varchar(20) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'running', 'completed', 'failed')),
    request_payload jsonb NOT NULL DEFAULT '{}',
    report_payload jsonb,
    charts_payload jsonb,
    retirement_payload jsonb,
    summary_payload jsonb,
    error_message text CHECK (char_length(error_message) <= 4000),
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    completed_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT jobs_end_check CHECK ((status IN ('completed', 'failed')) = (completed_at IS NOT NULL)),
    CONSTRAINT jobs_reason_check CHECK (status <> 'failed' OR error_message IS NOT NULL)
);

CREATE INDEX idx_accounts_user ON accounts (clerk_user_id);
CREATE INDEX idx_positions_account ON positions (account_id);
CREATE INDEX idx_positions_symbol ON positions (symbol);
CREATE INDEX idx_jobs_user ON jobs (clerk_user_id);
CREATE INDEX idx_jobs_status ON jobs (status);

CREATE TRIGGER update_users_updated_at BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_instruments_updated_at BEFORE UPDATE ON instruments
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_accounts_updated_at BEFORE UPDATE ON accounts
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_positions_updated_at BEFORE UPDATE ON positions
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_jobs_updated_at BEFORE UPDATE ON jobs
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
