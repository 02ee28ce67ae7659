# From what was measured of both sides to a verdict: a table on standard output, and an exit code as verdict.sh tells.
# Bounds are relative and one-sided: a canary that is better is no worse. Shares also have to differ by more than chance does once in
# a hundred times (z > 2.33). Quantiles are not compared: between the bounds of a histogram they are guesses, worse than 5 %.

# What queries names, of both sides; null where Prometheus has nothing, or no number.
def measured: reduce .data.result[] as $one (
  [["requests", "errors", "throttled", "fast", "seconds", "cpu", "heap", "orders", "settled", "restarts", "dead"][]
    | {(.): {canary: null, baseline: null}}] | add;
  .[$one.metric.what][$one.metric.track] = ($one.value[1] | tonumber | if isnan or isinfinite then null else . end));

def share($of; $among): {canary: (.[$of].canary / .[$among].canary), baseline: (.[$of].baseline / .[$among].baseline)};

# How many standard errors the canary's share is above the baseline's.
def z($of; $among):
  ((.[$of].canary + .[$of].baseline) / (.[$among].canary + .[$among].baseline)) as $all
  | share($of; $among) as $share
  | ([$all * (1 - $all) * (1 / .[$among].canary + 1 / .[$among].baseline), 0] | max | sqrt) as $error
  | if $error == 0 then 0 else ($share.canary - $share.baseline) / $error end;

# One line of the table. `worse` is asked of both sides.
def row($what; worse): . + {what: $what, worse: worse};

def number: if . == null then "-" elif . >= 100 then round | tostring else (. * 10000 | round) / 10000 | tostring end;

measured
| . as $all
| [
    (.restarts | row("restarts"; (.canary // 0) > 0)),
    (.dead | row("dead messages"; (.canary // 0) > 0))
  ] as $any
| (if ([.[] | .canary, .baseline] | any(. == null)) or ([.orders[]] | any(. == 0)) or ([.requests[]] | any(. < $requests)) then
    null
  else
    [
      (share("errors"; "requests") | row("errors"; .canary > .baseline + 0.005 and ($all | z("errors"; "requests")) > 2.33)),
      (share("throttled"; "requests") | row("throttled"; .canary > .baseline + 0.005 and ($all | z("throttled"; "requests")) > 2.33)),
      (share("fast"; "requests") | row("within 100 ms"; .canary < .baseline * 0.95 and ($all | z("fast"; "requests")) < -2.33)),
      (share("settled"; "orders") | row("settled within 250 ms"; .canary < .baseline * 0.95 and ($all | z("settled"; "orders")) < -2.33)),
      # A mean of less than a millisecond is the clock's, not the release's.
      (share("seconds"; "requests") | row("mean seconds"; .canary > .baseline * 1.05 and .canary > 0.001)),
      (share("cpu"; "requests") | row("CPU seconds each"; .canary > .baseline * 1.05)),
      (.heap | row("heap after gen2"; .canary > .baseline * 1.10))
    ]
  end) as $compared
| ($any + ($compared // [])) as $rows
| (["", "canary", "baseline"], ["operations", (.requests.canary | number), (.requests.baseline | number)],
   ($rows[] | [.what, (.canary | number), (.baseline | number), if .worse then "WORSE" else empty end]) | @tsv),
  (if $rows | any(.worse) then "worse\n" | halt_error(1)
   elif $compared == null then "too little is known\n" | halt_error(3)
   else "no worse" end)
