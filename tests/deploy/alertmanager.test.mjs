// Who hears of an alert, by a real Alertmanager.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, freePort, needs, root, run, start, until } from './programs.mjs';

const config = join(root, 'deploy/alertmanager/alertmanager.yml');

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

// With the shop's own configuration, but for where the pager is and for how long it waits for more alerts of a kind.
async function startAlertmanager(t, pager) {
  const home = await folder();
  const own = (await readFile(config, 'utf8')).replaceAll('pager:9095', pager).replace('group_wait: 30s', 'group_wait: 1s');
  await writeFile(join(home, 'alertmanager.yml'), own);
  const port = await freePort();
  await start(t, 'prometheus-alertmanager', [
    `--config.file=${home}/alertmanager.yml`,
    `--storage.path=${home}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ], `http://127.0.0.1:${port}/-/ready`);
  return `http://127.0.0.1:${port}`;
}
