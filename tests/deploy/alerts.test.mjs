// What asks the hosts, and who hears of an alert: Prometheus and Alertmanager themselves.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { config, startAlertmanager } from './alertmanager.mjs';
import { folder, needs, root, run, until } from './programs.mjs';

// Debian's Prometheus can't ask Kubernetes where pods are, so promtool is shown the rest of what it would be given.
test('promtool finds no fault in what Prometheus is given in Kubernetes', needs('promtool'), async () => {
  const home = await folder();
  await cp(join(root, 'deploy/prometheus'), home, { recursive: true });
  const path = join(home, 'kubernetes.yml');
  const text = await readFile(path, 'utf8');
  const plain = text.replace(/kubernetes_sd_configs: .*/, 'static_configs: [{ targets: ["web:9464"] }]');
  assert.notEqual(plain, text);
  await writeFile(path, plain);

  const { code, stdout, stderr } = run('promtool', ['check', 'config', path]);

  assert.equal(code, 0, stdout + stderr);
});

test('amtool finds no fault', needs('amtool'), () => {
  const { code, stdout, stderr } = run('amtool', ['check-config', config]);

  assert.equal(code, 0, stdout + stderr);
});

test('a page wakes a person, a ticket waits, and what follows from another is not told beside it', {
  ...needs('amtool', 'prometheus-alertmanager'),
  timeout: 60_000,
}, async (t) => {
  const pager = await startPager(t);
  const address = await startAlertmanager(t, pager.address);
  const raise = (...labels) => {
    const { code, stderr } = run('amtool', ['alert', 'add', `--alertmanager.url=${address}`, ...labels]);
    assert.equal(code, 0, stderr);
  };

  raise('ShopErrorsFast', 'severity=page');
  raise('ShopErrorsSlow', 'severity=ticket');
  raise('ShopCanaryAborted', 'severity=ticket');

  await until(() => pager.heard.length >= 2);
  assert.deepEqual(pager.heard.sort(), ['/page ShopErrorsFast', '/ticket ShopCanaryAborted']);
  const alerts = await (await fetch(`${address}/api/v2/alerts`)).json();
  assert.deepEqual(
    alerts.filter(({ status }) => status.state === 'suppressed').map(({ labels }) => labels.alertname),
    ['ShopErrorsSlow'],
  );
});

// Takes webhooks, and remembers them as "/page ShopDown".
async function startPager(t) {
  const heard = [];
  const server = createServer(async (request, response) => {
    const { alerts } = JSON.parse(Buffer.concat(await request.toArray()).toString());
    heard.push(...alerts.map(({ labels }) => `${request.url} ${labels.alertname}`));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { heard, address: `127.0.0.1:${server.address().port}` };
}
