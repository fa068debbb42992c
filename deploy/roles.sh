#!/bin/sh
# Makes the role of the app, which owns no table: only then does row-level security keep people apart. Postgres runs this
# once, when it makes the database. In a database that is there already, run it yourself (docs/for-a-centre.md).
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$APP_PASSWORD" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE app LOGIN PASSWORD :'password';
SQL
