// Starts a shop of its own: own folder, own port, own stores.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patience = 180_000;

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function isReady(url) {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

/**
 * @param settings such as `{ Accounts__AccessTokenLifetime: '00:00:02' }`
 * @param words what follows `./shop run`
 */
export async function startShop(settings = {}, words = []) {
  const port = await freePort();
  const home = await mkdtemp(join(tmpdir(), 'shop-'));
  const url = `http://127.0.0.1:${port}`;
  const shop = spawn(join(root, 'shop'), ['run', ...words], {
    cwd: root,
    env: { ...process.env, SHOP_HOME: home, SHOP_PORT: String(port), ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: Ctrl-C has to reach the shop itself, not only the script that started it.
    detached: true,
  });
  const stop = async () => {
    if (shop.exitCode === null && shop.signalCode === null) {
      process.kill(-shop.pid, 'SIGINT');
      await once(shop, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  for (const end = Date.now() + patience; !(await isReady(url)); await pause(200)) {
    if (shop.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error('The shop did not become ready.');
    }
  }
  return { url, stop };
}
