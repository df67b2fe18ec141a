#!/bin/sh
# A copy of what one Redis holds (REDIS_MODE=standalone), to look at it elsewhere. Never needed for a restore: the index is rebuilt
# from Postgres. A cluster, or a Redis behind Sentinels, has its copies from whoever runs it.
# With REDIS_TLS=true the image has to know who signed the server's certificate: mount that under /etc/ssl/certs.
set -eu

[ "$REDIS_MODE" = standalone ] || { echo "This copies one Redis, and REDIS_MODE is $REDIS_MODE" >&2; exit 1; }
part=$BACKUP_DIRECTORY/.redis.rdb.part
trap 'rm -f "$part"' EXIT
[ "$REDIS_TLS" = true ] && set -- --tls || set --
redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" "$@" --rdb "$part"
mv "$part" "$BACKUP_DIRECTORY/redis.rdb"
