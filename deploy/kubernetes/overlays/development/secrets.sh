#!/bin/sh
# Passwords of a development cluster, chosen by chance. A second run keeps them: PostgreSQL knows its first ones.
set -eu
umask 077
folder=$(dirname -- "$0")/secrets
[ -d "$folder" ] && exit
mkdir "$folder"
printf 'username=shop\npassword=%s\n' "$(openssl rand -hex 16)" >"$folder/database.env"
printf 'password=%s\n' "$(openssl rand -hex 16)" >"$folder/redis.env"
printf 'secret=%s\n' "$(openssl rand -hex 24)" >"$folder/keys.env"
