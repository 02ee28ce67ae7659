// Whether a release is better stopped, by a real Prometheus with a past that was made.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { remember, window } from './history.mjs';
import { faultsOf } from './kubernetes.mjs';
import { needs, root, run } from './programs.mjs';

const [goOn, abort, wait] = [0, 1, 3];
const seeds = Array.from({ length: 20 }, (_, number) => number + 1);

const cases = [
  // With every seed: chance alone aborts none, and saves none.
  ...seeds.flatMap((seed) => [
    { name: 'the same', seed, canary: {}, baseline: {}, verdict: goOn },
    { name: 'slower by a fifth', seed, canary: { slower: 1.2 }, baseline: {}, verdict: abort, row: 'mean seconds' },
    { name: 'two errors in a hundred', seed, canary: { errors: 0.02 }, baseline: {}, verdict: abort, row: 'errors' },
    { name: 'a fifth more CPU', seed, canary: { cpu: 0.0024 }, baseline: {}, verdict: abort, row: 'CPU seconds each' },
  ]),
  { name: 'better in all', canary: { slower: 0.5, errors: 0, cpu: 0.001, heap: 50e6 }, baseline: {}, verdict: goOn },
  { name: 'two throttled in a hundred', canary: { throttled: 0.02 }, baseline: {}, verdict: abort, row: 'throttled' },
  { name: 'many beyond 100 ms', canary: { slower: 2 }, baseline: {}, verdict: abort, row: 'within 100 ms' },
  { name: 'orders that wait for stock', canary: { settled: 0.85 }, baseline: {}, verdict: abort, row: 'settled within 250 ms' },
  { name: 'a heap a fifth larger', canary: { heap: 120e6 }, baseline: {}, verdict: abort, row: 'heap after gen2' },
  { name: 'a restart of the canary', canary: { restarts: true }, baseline: {}, verdict: abort, row: 'restarts' },
  { name: 'a restart of the baseline', canary: {}, baseline: { restarts: true }, verdict: goOn },
  { name: 'a dead message of the canary', canary: { dead: 1 }, baseline: {}, verdict: abort, row: 'dead messages' },
  { name: 'a dead message of the baseline', canary: {}, baseline: { dead: 1 }, verdict: goOn },
  { name: 'few operations', canary: { operations: 5_000 }, baseline: { operations: 5_000 }, verdict: wait },
  { name: 'few operations, and a restart', canary: { operations: 5_000, restarts: true }, baseline: {}, verdict: abort, row: 'restarts' },
  { name: 'few operations of the baseline', canary: {}, baseline: { operations: 5_000 }, verdict: wait },
  { name: 'no canary', canary: null, baseline: {}, verdict: wait },
  { name: 'no baseline', canary: {}, baseline: null, verdict: wait },
  { name: 'nothing', canary: null, baseline: null, verdict: wait },
  { name: 'no heap told', canary: { heap: null }, baseline: {}, verdict: wait },
  { name: 'no orders', canary: { orders: 0 }, baseline: { orders: 0 }, verdict: wait },
].map((one) => ({ seed: 1, ...one }));

test('verdicts', { ...needs('prometheus', 'promtool', 'curl', 'jq'), timeout: 300_000 }, async (t) => {
  const template = parse(await readFile(join(root, 'deploy/canary/analysis-template.yaml'), 'utf8'));
  const prometheus = await remember(t, cases);
  const judge = (number) => run(join(root, 'deploy/canary/verdict.sh'), [`${window}`, `${prometheus.endOf(number)}`], {
    env: { ...process.env, PROMETHEUS: prometheus.url },
  });

  for (const [number, { name, seed, verdict, row }] of cases.entries()) {
    const { code, stdout, stderr } = judge(number);
    const told = `${name}, seed ${seed}\n${stdout}${stderr}`;
    assert.equal(code, verdict, told);
    assert.equal(await argos(template, prometheus.url, prometheus.endOf(number)), verdict, `Argo: ${told}`);
    const worse = stdout.split('\n').filter((line) => line.endsWith('WORSE'));
    assert.ok(row ? worse.some((line) => line.startsWith(row)) : worse.length === 0, told);
  }

  await t.test('without a Prometheus there is none', () => {
    const { code } = run(join(root, 'deploy/canary/verdict.sh'), ['600'], { env: { ...process.env, PROMETHEUS: 'http://127.0.0.1:9' } });

    assert.equal(code, 2);
  });
});

test('Argo is given the same queries', async () => {
  const template = parse(await readFile(join(root, 'deploy/canary/analysis-template.yaml'), 'utf8'));
  const lines = (await readFile(join(root, 'deploy/canary/queries'), 'utf8')).trim().split('\n').map((line) => line.split('\t'));
  const written = new Map(lines.flatMap(([name, query]) => ['canary', 'baseline'].map((track) =>
    [`${track}-${name}`, query.replaceAll('TRACK', track).replaceAll('WINDOW', '10m')])));

  const args = template.spec.args.filter(({ name }) => name !== 'prometheus');

  assert.deepEqual(await faultsOf([template]), []);
  assert.deepEqual(args.filter(({ name, value }) => written.get(name) !== value), []);
  // What of the baseline is counted out, is not asked for.
  assert.deepEqual([...written.keys()].filter((name) => !args.some((arg) => arg.name === name)), ['baseline-restarts', 'baseline-dead']);
});

// What Argo would make of a template's metrics at a time that is over.
async function argos({ spec }, url, at) {
  const args = new Map(spec.args.map(({ name, value }) => [name, value]));
  const verdicts = await Promise.all(spec.metrics.map(async ({ provider, failureCondition, successCondition }) => {
    const query = provider.prometheus.query.replace(/\{\{args\.([\w-]+)\}\}/g, (_, name) => args.get(name));
    const answer = await (await fetch(`${url}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query, time: at }) })).json();
    assert.equal(answer.status, 'success', answer.error);
    const result = answer.data.result.map(({ value }) => Number(value[1]));
    // A metric without a result is an error.
    return result.length === 0 ? wait : holds(failureCondition, result) ? abort : holds(successCondition, result) ? goOn : wait;
  }));
  return verdicts.includes(abort) ? abort : verdicts.includes(wait) ? wait : goOn;
}

// Its conditions are as simple as JavaScript's.
const holds = (condition, result) => new Function('result', `return ${condition}`)(result);
