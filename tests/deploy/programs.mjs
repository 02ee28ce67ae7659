// Programs that the tests run, which a developer's machine need not have.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Options of a test that needs programs: it is left out where one is missing, but in CI, where it fails. */
export function needs(...programs) {
  const missing = programs.filter((program) => !isInstalled(program));
  return { skip: missing.length > 0 && process.env.CI !== 'true' ? `${missing.join(', ')} is not installed` : false };
}

/** Runs a program to its end: its exit code, and all that it has written. */
export function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: 'utf8', ...options });
  if (error) {
    throw error;
  }
  return { code: status, stdout, stderr };
}

/** Starts a server that ends with the test, and waits until it answers. */
export async function start(t, program, args, readyUrl) {
  const server = spawn(program, args, { stdio: 'ignore' });
  const gone = once(server, 'exit');
  t.after(async () => {
    server.kill('SIGKILL');
    await gone;
  });
  await until(async () => {
    if (server.exitCode !== null) {
      throw new Error(`${program} ended with ${server.exitCode}`);
    }
    return (await fetch(readyUrl).catch(() => null))?.ok;
  });
}

/** Asks until the answer is not false, null or empty; the test's own limit ends it. */
export async function until(ask) {
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A port at which nothing listens. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** A folder of the test's own. */
export const folder = () => mkdtemp(join(tmpdir(), 'shop-deploy-'));

function isInstalled(program) {
  return process.env.PATH.split(delimiter).some((path) => {
    try {
      accessSync(join(path, program));
      return true;
    } catch {
      return false;
    }
  });
}
