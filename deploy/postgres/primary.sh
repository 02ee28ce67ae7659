#!/usr/bin/env bash
# Runs once, when the primary's volume is empty: the shop's database and its owner, a role and a slot for the replica.
set -eu

psql --quiet --username=postgres --set=ON_ERROR_STOP=1 \
  --set=shop="$SHOP_DB_PASSWORD" --set=replication="$SHOP_DB_REPLICATION_PASSWORD" <<'SQL'
create role shop login password :'shop';
-- To show operators how far the replica lags.
grant pg_monitor to shop;
create database shop owner shop;
create role replication login replication password :'replication';
select pg_create_physical_replication_slot('replica');
SQL

# "all" in the image's own line leaves out replication.
echo 'host replication replication all scram-sha-256' >>"$PGDATA/pg_hba.conf"
