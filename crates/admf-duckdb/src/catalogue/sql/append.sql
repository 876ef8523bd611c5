INSERT INTO {table}
{rows};
