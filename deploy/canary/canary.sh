#!/bin/sh
# Brings a release in beside the one that serves: for a few first, then for more, then for all. Takes it back where it is worse.
#   canary.sh VERSION      the tag of both images; the tables have been migrated (docs/operations/canary.md)
# The new pods are not compared with those that have served for days, but with as many fresh ones of the old release: a pod that is warm
# is always faster. Exit codes: 0 promoted; 1 aborted, and ShopCanaryAborted raised; 3 taken back, as too little was known.
#   NAMESPACE, ROUTE     where the shop is (shop), and its HTTPRoute (shop), whose weights are web, web-baseline, web-canary
#   STEPS                shares of requests for each of the two, in percent, at most 50 ("5 25 50")
#   WARM, WINDOW         seconds before it is looked at, and between two looks (120, 600)
#   WINDOWS              looks of a step, until each side has had enough requests (3)
#   ALERTMANAGER         where it is (http://localhost:9093); for PROMETHEUS and REQUESTS see verdict.sh
# Needs curl, jq, kubectl and amtool.
set -eu

version=${1:?Which version?}
here=$(dirname -- "$0")

k() { kubectl --namespace "${NAMESPACE:-shop}" "$@"; }

say() { printf '%s %s\n' "$(date -u +%T)" "$*"; }

weigh() {
    say "Requests: $1 % to web, $2 % to the baseline, $3 % to the canary"
    k patch httproute "${ROUTE:-shop}" --type=json --patch="$(jq -nc '[$ARGS.positional | to_entries[]
        | {op: "replace", path: "/spec/rules/0/backendRefs/\(.key)/weight", value: (.value | tonumber)}]' --args "$@")"
}

# One pod of a deployment's kind beside it: deployment, track, version; without one, the one that serves.
stand_beside() {
    k get deployment "$1" -o json | jq --arg name "$1-$2" --arg track "$2" --arg version "${3:-}" '
        {apiVersion, kind, metadata: {name: $name, labels: .metadata.labels}, spec}
        | .spec.replicas = 1
        | .spec.selector.matchLabels.track = $track
        | .spec.template.metadata.labels.track = $track
        | if $version == "" then . else .spec.template.spec.containers[0].image |= sub(":[^:/]+$"; ":\($version)") end' |
        k apply --filename=-
}

# However it ends: no client is sent to the two, and they are gone.
leave() {
    code=$?
    trap - EXIT
    weigh 100 0 0
    k delete deployment --ignore-not-found web-canary web-baseline jobs-canary jobs-baseline
    exit $code
}
trap leave EXIT
trap 'exit 130' INT TERM

abort() {
    say "Aborted: $1"
    amtool alert add ShopCanaryAborted severity=ticket version="$version" \
        --annotation=summary="$version was taken back: $1" --alertmanager.url="${ALERTMANAGER:-http://localhost:9093}" ||
        say "The alert could not be raised."
    exit 1
}

for program in web jobs; do
    stand_beside $program baseline
    stand_beside $program canary "$version"
done
for deployment in web-baseline jobs-baseline web-canary jobs-canary; do
    k rollout status deployment $deployment --timeout=300s || abort "$deployment does not get ready"
done

for share in ${STEPS:-5 25 50}; do
    weigh $((100 - 2 * share)) "$share" "$share"
    sleep "${WARM:-120}"
    seconds=0
    verdict=3
    while [ $verdict -eq 3 ] && [ $seconds -lt $((${WINDOWS:-3} * ${WINDOW:-600})) ]; do
        sleep "${WINDOW:-600}"
        # What the windows of a step have seen is taken together.
        seconds=$((seconds + ${WINDOW:-600}))
        "$here/verdict.sh" $seconds && verdict=0 || verdict=$?
    done
    case $verdict in
    0) ;;
    1) abort "it was worse at $share %" ;;
    *)
        say "Too little was known at $share %: taken back."
        exit $verdict
        ;;
    esac
done

say "Promoted."
for program in web jobs; do
    image=$(k get deployment $program -o json | jq -r --arg version "$version" '.spec.template.spec.containers[0].image | sub(":[^:/]+$"; ":\($version)")')
    k set image deployment/$program shop="$image"
    k rollout status deployment $program --timeout=600s
done
