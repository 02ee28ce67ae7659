// A storefront at an address of its own, in a real browser: what it may ask of the shop, and who may not.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { browserIsHere, openBrowser } from './browser.mjs';
import { cartOf, endpoint, url, variantInStock } from './shop.mjs';

const watchCart = 'subscription Watch($cartId: ID!) { cartChanged(cartId: $cartId) { id quantity } }';

let browser;
let storefront;
let port;

before(async () => {
  // A host that is this machine, but is not called so.
  browser = await openBrowser('--host-resolver-rules=MAP elsewhere.example 127.0.0.1');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('origin.page.mjs', import.meta.url))],
    bundle: true,
    format: 'iife',
    write: false,
  });
  storefront = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? outputFiles[0].contents : '<!doctype html><script src="/page.js"></script>');
  }).listen(0, '127.0.0.1');
  await once(storefront, 'listening');
  port = storefront.address().port;
});

after(async () => {
  await browser?.close();
  storefront.close();
});

async function open(t, host) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`http://${host}:${port}/`);
  return page;
}

test('A page at another address asks over HTTP, WebSocket and server-sent events', browserIsHere, async (t) => {
  const { sku } = await variantInStock();
  const cart = await cartOf(sku, 3);
  const page = await open(t, 'localhost');
  const first = [endpoint, watchCart, { cartId: cart.id }];

  const queried = await page.evaluate(([at]) => window.query(at, 'query { categories { id } }'), [endpoint]);
  const overSocket = await page.evaluate((asked) => window.firstOverSocket(...asked), first);
  const overEvents = await page.evaluate((asked) => window.firstOverEvents(...asked), first);

  assert.ok(queried.categories.length > 0);
  assert.equal(overSocket.cartChanged.quantity, 3);
  assert.equal(overEvents.cartChanged.quantity, 3);
});

test('A page that is not in the list gets nothing', browserIsHere, async (t) => {
  const page = await open(t, 'elsewhere.example');
  const first = [endpoint, 'subscription { stockChanged(skus: ["85123A"]) { sku } }', {}];

  const refusal = (run) => page.evaluate(run, first).then(JSON.stringify, (refused) => `refused: ${refused.message}`);

  assert.match(await refusal(([at]) => window.query(at, 'query { categories { id } }')), /^refused/);
  assert.match(await refusal((asked) => window.firstOverSocket(...asked)), /4403/);
  assert.match(await refusal((asked) => window.firstOverEvents(...asked)), /^refused/);
});

test('What a page may ask is remembered by its browser, and needs no cookie', async () => {
  const preflight = (origin) =>
    fetch(endpoint, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  const { headers } = await preflight('http://localhost:3000');
  assert.equal(headers.get('access-control-allow-origin'), 'http://localhost:3000');
  assert.equal(headers.get('access-control-allow-headers'), 'authorization,content-type');
  assert.equal(headers.get('access-control-max-age'), '7200');
  assert.equal(headers.get('access-control-allow-credentials'), null);

  for (const other of ['https://elsewhere.example', 'null', 'http://localhost.elsewhere.example']) {
    assert.equal((await preflight(other)).headers.get('access-control-allow-origin'), null, other);
  }
});

test('An event stream of a foreign page is refused by the shop itself', async () => {
  const response = await fetch(`${url}/graphql?query={__typename}`, {
    headers: { accept: 'text/event-stream', origin: 'https://elsewhere.example' },
  });

  assert.equal(response.status, 403);
  assert.equal((await response.json()).errors[0].extensions.code, 'FORBIDDEN');
});
