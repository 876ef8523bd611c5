DELETE FROM {table}
WHERE run_id = $1;
