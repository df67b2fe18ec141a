#!/bin/sh
# Dumps the schema "memory" of $DATABASE_URL into $BACKUP_DIRECTORY, and removes dumps that are older than
# $BACKUP_KEEP_DAYS. A dump appears under its name only when it is whole and can be read.
set -eu

name=memory-$(date -u +%Y%m%dT%H%M%SZ).dump
part=$BACKUP_DIRECTORY/.$name.part
trap 'rm -f "$part"' EXIT

pg_dump --dbname="$DATABASE_URL" --format=custom --schema=memory --no-owner --no-privileges \
    --lock-wait-timeout=30s --file="$part"
pg_restore --list "$part" >/dev/null
mv "$part" "$BACKUP_DIRECTORY/$name"
find "$BACKUP_DIRECTORY" -maxdepth 1 -name 'memory-*.dump' -mtime "+$BACKUP_KEEP_DAYS" -exec rm -f {} +
echo "$BACKUP_DIRECTORY/$name"
