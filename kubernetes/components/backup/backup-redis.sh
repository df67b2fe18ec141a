#!/bin/sh
# A copy of what Redis holds. Never needed: the index is rebuilt from Postgres.
set -eu

part=$BACKUP_DIRECTORY/.redis.rdb.part
trap 'rm -f "$part"' EXIT
redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" --rdb "$part"
mv "$part" "$BACKUP_DIRECTORY/redis.rdb"
