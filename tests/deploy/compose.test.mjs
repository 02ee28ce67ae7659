// docker-compose.yml, as docker-compose understands it. No container is started.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { parse } from 'yaml';
import { needs, root, run } from './programs.mjs';

const shop = ['jobs', 'postgres', 'postgres-replica', 'redis', 'web'];
const observability = ['alertmanager', 'alloy', 'grafana', 'jaeger', 'loki', 'prometheus'];

suite('docker-compose.yml', needs('docker-compose'), () => {
  let services;
  before(async () => {
    services = parse(await compose('--profile', 'observability', '--profile', 'elastic', 'config')).services;
  });

  test('what watches the shop and the search engine each have a profile, and the shop needs none', () => {
    const profiles = (names) => names.map((name) => services[name].profiles?.join());

    assert.deepEqual(Object.keys(services).sort(), [...shop, ...observability, 'elasticsearch'].sort());
    assert.deepEqual(new Set(profiles(observability)), new Set(['observability']));
    assert.deepEqual(profiles(['elasticsearch']), ['elastic']);
    assert.deepEqual(new Set(profiles(shop)), new Set([undefined]));
  });

  test('every image has a version', () => {
    const images = Object.values(services).flatMap(({ image }) => image ?? []);

    assert.equal(images.length, 10);
    assert.deepEqual(images.filter((image) => !/:v?\d+(\.\d+)*$/.test(image)), []);
  });

  test('every file that a container is given is there', () => {
    const files = Object.values(services)
      .flatMap(({ volumes }) => volumes ?? [])
      .map((volume) => volume.split(':')[0])
      .filter((path) => path.startsWith(root));

    assert.ok(files.length >= 9);
    assert.deepEqual(files.filter((path) => !existsSync(path)), []);
  });

  test('nothing is open to other machines, and every container is confined and limited', () => {
    for (const [name, service] of Object.entries(services)) {
      for (const port of service.ports ?? []) {
        assert.match(port, /^127\.0\.0\.1:/, name);
      }
      // Elasticsearch's image writes its keystore beside its configuration.
      assert.equal(service.read_only, name !== 'elasticsearch', name);
      assert.deepEqual(service.cap_drop, ['ALL'], name);
      assert.ok(service.deploy.resources.limits.memory, name);
    }
  });

  test('what one asks another for is a service on a network of both', async () => {
    const asked = [
      ['prometheus', ...(await targets('deploy/prometheus/prometheus.yml'))],
      ['grafana', ...(await targets('deploy/grafana/provisioning/datasources/shop.yml'))],
      ['alloy', new URL(services.alloy.environment.LOKI_URL).hostname],
    ];

    for (const [asker, ...others] of asked) {
      assert.ok(others.length > 0, asker);
      for (const other of others) {
        const shared = Object.keys(services[other]?.networks ?? {}).filter((network) => network in services[asker].networks);
        assert.notDeepEqual(shared, [], `${asker} asks ${other}`);
      }
    }
  });
});

async function compose(...args) {
  // Variables that have to be set, as in .env.
  const file = await readFile(join(root, 'docker-compose.yml'), 'utf8');
  const needed = [...file.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => [name, 'x']);
  const { code, stdout, stderr } = run('docker-compose', args, { env: { ...process.env, ...Object.fromEntries(needed) } });
  assert.equal(code, 0, stderr);
  return stdout;
}

// Hosts that a file names, as `name:port`.
async function targets(path) {
  const file = await readFile(join(root, path), 'utf8');
  return [...new Set([...file.matchAll(/([a-z]+):\d{4,5}\b/g)].map(([, host]) => host))];
}
