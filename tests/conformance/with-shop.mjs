// Starts a shop of its own, runs a command against it and stops it: node with-shop.mjs <command…>
// With SHOP_URL set, the command runs against that shop instead.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startShop } from './start-shop.mjs';

const shop = process.env.SHOP_URL ? { url: process.env.SHOP_URL, stop: () => {} } : await startShop();
const [command, ...args] = process.argv.slice(2);
const tests = spawn(command, args, { stdio: 'inherit', env: { ...process.env, SHOP_URL: shop.url } });
// Whoever stops this stops the tests, and the shop after them.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => tests.kill(signal));
}
const [code] = await once(tests, 'exit');
await shop.stop();
process.exitCode = code ?? 1;
