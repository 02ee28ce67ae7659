// History of two sides of a release, made by chance from a seed, for a real Prometheus that serves nothing else.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folder, freePort, run, start } from './programs.mjs';

const scrape = 15;
export const window = 600;
// Windows lie apart, so that none sees another.
const apart = 1200;
// Some day that is over.
const past = 1_767_225_600;

/** What a side does in ten minutes, unless told otherwise. */
const honest = { operations: 12_000, errors: 0.002, throttled: 0.001, slower: 1, cpu: 0.002, heap: 100e6, orders: 800, settled: 0.97, dead: 0, restarts: false };

/** Starts a Prometheus whose past holds each pair of sides in a window of its own; one pair may be of these ten minutes. */
export async function remember(t, pairs, epoch = past) {
  const lines = pairs.flatMap(({ seed, canary, baseline }, number) => {
    const chance = random(seed);
    return [['canary', canary], ['baseline', baseline]].flatMap(([track, side]) =>
      side ? samples(track, { ...honest, ...side }, epoch + number * apart, chance) : []);
  });
  const home = await folder();
  await writeFile(join(home, 'history'), `${lines.join('\n')}\n# EOF\n`);
  await writeFile(join(home, 'prometheus.yml'), '');
  const { code, stderr } = run('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=2400h', join(home, 'history'), join(home, 'data')]);
  if (code !== 0) {
    throw new Error(stderr);
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await start(t, 'prometheus', [
    `--config.file=${home}/prometheus.yml`,
    `--storage.tsdb.path=${home}/data`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ], `${url}/-/ready`);
  return { url, endOf: (number) => epoch + number * apart + window };
}

function samples(track, side, from, chance) {
  const counts = { ok: 0, error: 0, throttled: 0 };
  let [fast, seconds, cpu, orders, settled] = [0, 0, 0, 0, 0];
  const lines = [];
  const tell = (name, labels, value, at) => lines.push(`${name}{track="${track}",${labels}} ${value} ${at}`);
  for (let step = 0; step * scrape <= window; step++) {
    const at = from + step * scrape;
    if (side.restarts && step === 20) {
      Object.assign(counts, { ok: 0, error: 0, throttled: 0 });
      [fast, seconds, cpu, orders, settled] = [0, 0, 0, 0, 0];
    }
    for (const [outcome, count] of Object.entries(counts)) {
      tell('shop_graphql_operation_duration_seconds_count', `job="shop-web",outcome="${outcome}"`, count, at);
    }
    tell('shop_graphql_operation_duration_seconds_bucket', 'job="shop-web",le="0.1"', fast, at);
    tell('shop_graphql_operation_duration_seconds_sum', 'job="shop-web"', seconds, at);
    tell('dotnet_process_cpu_time_seconds_total', 'job="shop-web"', cpu, at);
    if (side.heap !== null) {
      tell('dotnet_gc_last_collection_heap_size_bytes', 'job="shop-web",gc_heap_generation="gen2"', side.heap * (1 + 0.02 * gauss(chance)), at);
    }
    tell('shop_orders_settle_duration_seconds_count', 'job="shop-jobs"', orders, at);
    tell('shop_orders_settle_duration_seconds_bucket', 'job="shop-jobs",le="0.25"', settled, at);
    if (side.dead > 0 && step >= 20) {
      tell('shop_messages_delivered_total', 'job="shop-jobs",outcome="dead"', side.dead, at);
    }
    const operations = about((side.operations * scrape) / window, chance);
    for (let operation = 0; operation < operations; operation++) {
      const throw_ = chance();
      counts[throw_ < side.errors ? 'error' : throw_ < side.errors + side.throttled ? 'throttled' : 'ok']++;
      // Mostly some milliseconds, sometimes many: its deviation is as large as its mean.
      const took = 0.02 * side.slower * Math.exp(0.8 * gauss(chance));
      seconds += took;
      fast += took <= 0.1 ? 1 : 0;
      cpu += side.cpu * (0.5 + chance());
    }
    const placed = about((side.orders * scrape) / window, chance);
    for (let order = 0; order < placed; order++) {
      settled += chance() < side.settled ? 1 : 0;
    }
    orders += placed;
  }
  return lines;
}

// Poisson's distribution, near enough for numbers of this size.
const about = (mean, chance) => Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss(chance)));

const gauss = (chance) => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

// mulberry32
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
