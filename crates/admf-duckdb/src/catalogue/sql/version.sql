-- What the tables were made from, so that a database of another schema is recognised.
CREATE TABLE schema_version (
    version VARCHAR NOT NULL
);
