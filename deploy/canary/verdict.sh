#!/bin/sh
# Compares a canary with a baseline by what Prometheus has of both. Changes nothing.
#   verdict.sh SECONDS [AT]    the SECONDS before AT (a Unix time; now)
# Its exit code is the verdict: 0 the canary is no worse, 1 it is, 3 too little is known; anything else: it could not be told.
#   PROMETHEUS  where it is (http://localhost:9090)
#   REQUESTS    operations that each side must have run (10000): with 3,000, 3 of 100 honest canaries are aborted by the mean
set -eu

here=$(dirname -- "$0")
# All of queries at once, of both sides, each with its name and side as labels.
query=$(awk -F '\t' -v window="$1s" '
    function ask(track, query) {
        query = $2
        gsub(/WINDOW/, window, query)
        gsub(/TRACK/, track, query)
        printf "%slabel_replace(label_replace(%s, \"track\", \"%s\", \"\", \"\"), \"what\", \"%s\", \"\", \"\")", among, query, track, $1
        among = " or "
    }
    { ask("canary"); ask("baseline") }' "$here/queries")
answer=$(curl -sSfG "${PROMETHEUS:-http://localhost:9090}/api/v1/query" \
    --data-urlencode "query=$query" --data-urlencode "time=${2:-$(date +%s)}") || exit 2
printf '%s' "$answer" | jq -r --argjson requests "${REQUESTS:-10000}" -f "$here/verdict.jq"
