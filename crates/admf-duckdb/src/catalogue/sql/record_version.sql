INSERT INTO schema_version
VALUES ($1);
