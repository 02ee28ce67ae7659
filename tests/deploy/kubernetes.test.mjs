// deploy/kubernetes: its overlays are put together by kubectl, and every object is looked at. No cluster is asked.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { stringify } from 'yaml';
import { build, copy, faultsOf } from './kubernetes.mjs';
import { needs, root } from './programs.mjs';

const overlays = ['development', 'production', 'search'];

suite('Kubernetes', needs('unzip', 'openssl'), () => {
  let home;
  before(async () => {
    home = await copy();
  });

  for (const overlay of overlays) {
    test(`${overlay}: nothing is wrong with it`, async () => {
      assert.deepEqual(await faultsOf(build(home, overlay)), []);
    });

    // What Shop.Tests reads, too: .NET's client finds words that are misspelt, which the schemas here let pass.
    test(`${overlay}: it is what its snapshot says; after a change: npm run snapshots`, async () => {
      const path = join(root, 'tests/deploy/snapshots', `${overlay}.yaml`);
      const text = written(overlay).join('---\n');
      if (process.env.SNAPSHOTS === 'write') {
        await writeFile(path, text);
      }

      assert.equal(text, await readFile(path, 'utf8'));
    });
  }

  const texts = (overlay) => build(home, overlay).map(shortened).map((object) => stringify(object, { lineWidth: 0 }));

  // Of the one with search, what production has not, or has otherwise.
  const written = (overlay) => {
    const objects = texts(overlay);
    const known = new Set(texts('production'));
    return overlay === 'search' ? objects.filter((text) => !known.has(text)) : objects;
  };

  test('production: no secret stands in it', () => {
    assert.deepEqual(build(home, 'production').filter(({ kind }) => kind === 'Secret'), []);
  });

  test('every Service but those of a release finds pods, at a port that these have', () => {
    const objects = build(home, 'search');
    const pods = objects.map(({ spec }) => spec?.template).filter((template) => template?.spec?.containers);

    const idle = objects
      .filter(({ kind, spec }) => kind === 'Service' && spec.type !== 'ExternalName')
      .filter(({ spec }) => !pods.some((pod) => selects(spec.selector, pod) && spec.ports.every((port) => opens(pod, port))))
      .map(({ metadata }) => metadata.name);

    assert.deepEqual(idle, ['web-baseline', 'web-canary']);
  });

  test('every NetworkPolicy speaks of pods that are there', () => {
    const objects = build(home, 'search');
    const pods = objects.map(({ spec }) => spec?.template).filter((template) => template?.spec?.containers);
    const told = (selector) => selector.matchLabels?.['cnpg.io/cluster'] === 'postgres'
      || pods.some((pod) => selects(selector.matchLabels ?? {}, pod) && (selector.matchExpressions ?? []).every(({ key, values }) => values.includes(pod.metadata.labels[key])));

    const selectors = objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .flatMap(({ metadata, spec }) => [
        spec.podSelector,
        ...[...(spec.ingress ?? []).flatMap(({ from }) => from ?? []), ...(spec.egress ?? []).flatMap(({ to }) => to ?? [])]
          .filter(({ podSelector, namespaceSelector }) => podSelector && !namespaceSelector)
          .map(({ podSelector }) => podSelector),
      ].map((selector) => ({ name: metadata.name, selector })));

    assert.ok(selectors.length > 20);
    assert.deepEqual(selectors.filter(({ selector }) => !told(selector)), []);
  });

  // Each is planted alone, in a copy.
  for (const [mistake, file, from, to, told, overlay = 'production'] of [
    ['a string for a number', 'base/web.yaml', 'revisionHistoryLimit: 3', 'revisionHistoryLimit: "3"', /revisionHistoryLimit/],
    ['a kind that is none', 'base/web.yaml', 'kind: PodDisruptionBudget', 'kind: PodDisruptionBuget', /there is no/],
    ['a subPath', 'base/host.yaml', 'mountPath: /tmp }', 'mountPath: /tmp, subPath: tmp }', /subPath/],
    ['no probe', 'base/web.yaml', /\n.*readinessProbe.*/, '', /no probe/],
    ['no version', 'overlays/production/kustomization.yaml', /newTag: "1.0.0" }\n/, 'newTag: latest }\n', /no version/],
    ['a password in an address', 'base/host.yaml', 'Password=$(DATABASE_PASSWORD)', 'Password=hunter2', /holds a secret/],
    ['a password by itself', 'base/host.yaml', /(name: REDIS_PASSWORD), .*/, '$1, value: hunter2 }', /holds a secret/],
    ['a password among the settings', 'base/kustomization.yaml', 'Jobs__InProcess=false', 'ConnectionStrings__Redis=redis,password=hunter2', /holds a secret/],
    ['a setting that is none', 'base/kustomization.yaml', 'Storage__MigrateAtStart', 'Storage__MigratesAtStart', /no setting/],
    ['a secret that is not there', 'overlays/production/secrets.yaml', 'metadata: { name: shop-redis }', 'metadata: { name: redis }', /no secret shop-redis/],
    ['a limit of CPU', 'base/web.yaml', 'limits: { memory: 768Mi }', 'limits: { memory: 768Mi, cpu: 2 }', /none of CPU/],
    ['root', 'base/host.yaml', 'runAsNonRoot: true', 'runAsNonRoot: false', /not restricted/],
    ['a setting of the search engine that is none', 'components/search/kustomization.yaml', 'Elastic__Nodes__0', 'Elastic__Node__0', /no setting/, 'search'],
    ['root in the search engine', 'components/search/elasticsearch.yaml', 'runAsNonRoot: true, runAsUser: 1000', 'runAsUser: 0', /not restricted/, 'search'],
    ['operators among clients', 'base/web.yaml', 'port: 80,', 'port: 9464,', /port for operators/],
  ]) {
    test(`a mistake is found: ${mistake}`, async () => {
      const own = await copy();
      const path = join(own, 'deploy/kubernetes', file);
      const text = await readFile(path, 'utf8');
      const changed = text.replace(from, to);
      assert.notEqual(changed, text);
      await writeFile(path, changed);

      assert.match((await faultsOf(build(own, overlay))).join('\n'), told);
    });
  }
});

// What files of deploy say, and what is chosen by chance, is not repeated in a snapshot.
function shortened(object) {
  if (object.kind === 'ConfigMap') {
    return { ...object, data: mapped(object.data, (value) => (value.includes('\n') ? '…' : value)) };
  }
  return object.kind === 'Secret' ? { ...object, data: mapped(object.data, () => 'c2VjcmV0') } : object;
}

const mapped = (values, change) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));

const selects = (labels, pod) => Object.entries(labels).every(([key, value]) => pod.metadata.labels[key] === value);

const opens = (pod, { targetPort }) => pod.spec.containers.some(({ ports }) => ports.some(({ name }) => name === targetPort));
