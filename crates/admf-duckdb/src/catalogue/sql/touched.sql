-- Strategies whose results change with a run that comes or goes.
CREATE TEMP TABLE touched (
    strategy_id VARCHAR NOT NULL
);
