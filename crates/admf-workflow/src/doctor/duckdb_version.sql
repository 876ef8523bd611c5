-- The version of the library that answers.
SELECT version() AS version;
