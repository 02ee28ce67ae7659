// A release that comes in: what it asks of Kubernetes is recorded, Prometheus and Alertmanager are real, and time is not waited for.
import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { startAlertmanager } from './alertmanager.mjs';
import { remember, window } from './history.mjs';
import { build, copy } from './kubernetes.mjs';
import { folder, needs, root, run } from './programs.mjs';

suite('canary.sh', { ...needs('prometheus', 'promtool', 'prometheus-alertmanager', 'amtool', 'curl', 'jq', 'unzip'), timeout: 120_000 }, () => {
  let objects;
  before(async () => {
    objects = build(await copy(), 'production');
  });

  test('one that is no worse is given more requests from step to step, and then all', async (t) => {
    const { code, calls, applied, sleeps, alerts } = await release(t, { canary: {}, baseline: {} });

    assert.equal(code, 0);
    assert.deepEqual(weights(calls), [[90, 5, 5], [50, 25, 25], [0, 50, 50], [100, 0, 0]]);
    assert.deepEqual(sleeps, ['120', '600', '120', '600', '120', '600']);
    assert.deepEqual(applied.map(summary), [
      { name: 'web-baseline', replicas: 1, track: 'baseline', image: 'registry.example.com/shop-web:1.0.0' },
      { name: 'web-canary', replicas: 1, track: 'canary', image: 'registry.example.com/shop-web:1.1.0' },
      { name: 'jobs-baseline', replicas: 1, track: 'baseline', image: 'registry.example.com/shop-jobs:1.0.0' },
      { name: 'jobs-canary', replicas: 1, track: 'canary', image: 'registry.example.com/shop-jobs:1.1.0' },
    ]);
    assert.deepEqual(calls.filter((call) => call.startsWith('set image')), [
      'set image deployment/web shop=registry.example.com/shop-web:1.1.0',
      'set image deployment/jobs shop=registry.example.com/shop-jobs:1.1.0',
    ]);
    assert.match(calls.at(-1), /^delete deployment .*web-canary web-baseline jobs-canary jobs-baseline$/);
    assert.deepEqual(alerts, []);
  });

  test('one that is worse is taken back at once, with an alert', async (t) => {
    const { code, calls, alerts } = await release(t, { canary: { errors: 0.02 }, baseline: {} });

    assert.equal(code, 1);
    assert.deepEqual(weights(calls), [[90, 5, 5], [100, 0, 0]]);
    assert.ok(!calls.some((call) => call.startsWith('set image')));
    assert.match(calls.at(-1), /^delete deployment/);
    assert.deepEqual(alerts.map(({ labels }) => labels), [{ alertname: 'ShopCanaryAborted', severity: 'ticket', version: '1.1.0' }]);
    assert.equal(alerts[0].annotations.summary, '1.1.0 was taken back: it was worse at 5 %');
  });

  test('one of which too little is known after three windows is taken back without one', async (t) => {
    const { code, calls, sleeps, alerts } = await release(t, { canary: { operations: 2_000 }, baseline: { operations: 2_000 } });

    assert.equal(code, 3);
    assert.deepEqual(sleeps, ['120', '600', '600', '600']);
    assert.deepEqual(weights(calls), [[90, 5, 5], [100, 0, 0]]);
    assert.ok(!calls.some((call) => call.startsWith('set image')));
    assert.deepEqual(alerts, []);
  });

  test('one that does not get ready is given no request', async (t) => {
    const { code, calls, alerts } = await release(t, { canary: {}, baseline: {}, fails: 'rollout status deployment web-canary' });

    assert.equal(code, 1);
    assert.deepEqual(weights(calls), [[100, 0, 0]]);
    assert.deepEqual(alerts.map(({ annotations }) => annotations.summary), ['1.1.0 was taken back: web-canary does not get ready']);
  });

  test('where Kubernetes refuses the next step, it is taken back', async (t) => {
    const { code, calls } = await release(t, { canary: {}, baseline: {}, fails: '"value":25' });

    assert.notEqual(code, 0);
    assert.deepEqual(weights(calls).at(-1), [100, 0, 0]);
    assert.ok(!calls.some((call) => call.startsWith('set image')));
  });

  async function release(t, { canary, baseline, fails = 'nothing' }) {
    const home = await folder();
    for (const name of ['web', 'jobs']) {
      const deployment = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name);
      await writeFile(join(home, `${name}.json`), JSON.stringify(deployment));
    }
    await program(home, 'kubectl', `
      shift 2
      printf '%s\\n' "$*" >>"${home}/calls"
      case "$*" in
      *'${fails}'*) exit 1 ;;
      'get deployment '*) cat "${home}/$3.json" ;;
      apply*) cat >>"${home}/applied" ;;
      esac`);
    await program(home, 'sleep', `echo "$1" >>"${home}/sleeps"`);
    for (const file of ['calls', 'applied', 'sleeps']) {
      await writeFile(join(home, file), '');
    }
    const prometheus = await remember(t, [{ seed: 1, canary, baseline }], Math.floor(Date.now() / 1000) - window);
    const alertmanager = await startAlertmanager(t);

    const { code } = run(join(root, 'deploy/canary/canary.sh'), ['1.1.0'], {
      env: { ...process.env, PATH: `${home}:${process.env.PATH}`, PROMETHEUS: prometheus.url, ALERTMANAGER: alertmanager },
    });

    const lines = async (file) => (await readFile(join(home, file), 'utf8')).split('\n').filter(Boolean);
    return {
      code,
      calls: await lines('calls'),
      sleeps: await lines('sleeps'),
      applied: JSON.parse(`[${(await readFile(join(home, 'applied'), 'utf8')).replaceAll('}\n{', '},{')}]`),
      alerts: await (await fetch(`${alertmanager}/api/v2/alerts`)).json(),
    };
  }
});

async function program(home, name, text) {
  await writeFile(join(home, name), `#!/bin/sh\n${text}\n`);
  await chmod(join(home, name), 0o755);
}

const weights = (calls) => calls
  .filter((call) => call.startsWith('patch httproute shop'))
  .map((call) => JSON.parse(call.slice(call.indexOf('['))).map(({ value }) => value));

const summary = ({ metadata, spec }) => ({
  name: metadata.name,
  replicas: spec.replicas,
  track: spec.selector.matchLabels.track === spec.template.metadata.labels.track ? spec.selector.matchLabels.track : 'two',
  image: spec.template.spec.containers[0].image,
});
