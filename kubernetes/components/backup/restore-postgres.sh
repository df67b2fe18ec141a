#!/bin/sh
# Restores the dump $1 (or the newest in $BACKUP_DIRECTORY) into $DATABASE_URL, in one transaction. Refuses to touch a
# database that already has a schema "memory". Afterwards erase again whom the dump still knows: docs/operations.md#restore
set -eu

dump=${1:-$(find "$BACKUP_DIRECTORY" -maxdepth 1 -name 'memory-*.dump' | sort | tail -n 1)}
[ -f "$dump" ] || { echo "No dump: $dump" >&2; exit 1; }
there=$(psql "$DATABASE_URL" -XAtc "SELECT count(*) FROM pg_namespace WHERE nspname = 'memory'")
[ "$there" = 0 ] || { echo "The database has a schema \"memory\" already: rename or drop it first" >&2; exit 1; }
pg_restore --dbname="$DATABASE_URL" --no-owner --no-privileges --single-transaction --exit-on-error "$dump"
psql "$DATABASE_URL" -XAtc 'ANALYZE'
echo "Restored $dump"
