INSERT INTO {table} BY NAME
{rows};
