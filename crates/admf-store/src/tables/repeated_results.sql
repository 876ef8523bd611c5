-- Results of a strategy on the same period of one dataset, where several runs have one. Derived, so that a scan need not
-- compare all results with each other.
CREATE TABLE repeated_results (
    -- The strategy, whose results in several runs these are.
    strategy_id VARCHAR NOT NULL,
    -- The strategy in one run.
    correlation_id VARCHAR NOT NULL,
    -- True for the result of the run that began last.
    is_newest BOOLEAN NOT NULL,
    -- How many results there are.
    results BIGINT NOT NULL
);
