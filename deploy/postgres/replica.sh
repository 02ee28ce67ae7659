#!/usr/bin/env bash
# Starts a streaming replica of the host "postgres". An empty volume is filled with a copy of the primary first; a copy
# that was cut short is thrown away and made again.
set -eu

data=${PGDATA:-/var/lib/postgresql/data}
primary=${PRIMARY_HOST:-postgres}

if [ ! -e "$data/copied" ]; then
  find "$data" -mindepth 1 -delete
  pg_basebackup --pgdata="$data" --host="$primary" --username=replication \
    --wal-method=stream --checkpoint=fast --write-recovery-conf --slot=replica
  touch "$data/copied"
fi

chmod 0700 "$data"
exec postgres -D "$data" -c hot_standby_feedback=on -c max_connections=200 "$@"
