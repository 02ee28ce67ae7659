// A real Alertmanager with the shop's own configuration, but for where the pager is and for how long it waits for more alerts of a kind.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folder, freePort, root, start } from './programs.mjs';

/** Its configuration. */
export const config = join(root, 'deploy/alertmanager/alertmanager.yml');

/** Starts one that ends with the test; its address. */
export async function startAlertmanager(t, pager = '127.0.0.1:9') {
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
