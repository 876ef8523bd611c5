-- Notes the strategies of runs that may have results of the same strategies on the same period elsewhere. Ids of runs
-- are all of one length.
INSERT INTO touched
SELECT strategy_id
FROM strategies
WHERE run_id IN (
    SELECT mine.run_id
    FROM runs AS mine
    WHERE POSITION(mine.run_id IN CAST($1 AS VARCHAR)) > 0
        AND EXISTS (
            SELECT 1
            FROM runs AS other
            WHERE other.dataset = mine.dataset
                AND other.start_date = mine.start_date
                AND other.end_date = mine.end_date
                AND other.run_id <> mine.run_id
        )
);
