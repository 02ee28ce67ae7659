// The IDE in a real browser: no word to the outside, a query, and a subscription that goes on.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { parse, print } from 'graphql';
import { browserIsHere, openBrowser } from './browser.mjs';
import { ask, cartOf, endpoint, listen, place, url, variantInStock, watchOrder } from './shop.mjs';

let browser;

before(async () => {
  browser = await openBrowser();
});

after(() => browser?.close());

// A new context each: the IDE keeps its documents in the browser.
async function open(test, document, variables = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  test.after(() => context.close());
  const page = await context.newPage();
  const outside = [];
  await context.route(
    (address) => address.origin !== new URL(url).origin,
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  if (document) {
    await context.route('**/bcp-config.json', async (route) => {
      const settings = await (await route.fetch()).json();
      await route.fulfill({ json: { ...settings, graphQLDocument: document, variables } });
    });
  }
  await page.goto(`${url}/graphql`);
  await page.getByText('Create Document').click();
  await page.getByText('Schema available').waitFor();
  return { page, outside };
}

const run = (page) => page.getByText('Run', { exact: true }).first().click();

// The editor writes spaces that do not break.
const response = (page) =>
  page
    .locator('.monaco-editor .view-lines')
    .evaluateAll((editors) => editors.map((editor) => editor.innerText).join('\n').replaceAll('\u00a0', ' '));

async function shows(page, pattern) {
  for (const end = Date.now() + 15_000; ; await page.waitForTimeout(100)) {
    const text = await response(page);
    if (pattern.test(text)) {
      return text;
    }
    assert.ok(Date.now() < end, `${pattern} does not show:\n${text}`);
  }
}

// For a person to look at: SCREENSHOTS=folder npm test
async function keep(page, name) {
  if (process.env.SCREENSHOTS) {
    await page.getByText('Indexing Schema').waitFor({ state: 'hidden' });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  }
}

test('The first document runs, and nothing is asked of anybody else', browserIsHere, async (t) => {
  const { page, outside } = await open(t);

  await run(page);

  await shows(page, /"data": \{[^]*"availability": \{/);
  await keep(page, 'query');
  assert.deepEqual(outside, []);
});

test('The first document leads to an order, operation by operation', async (t) => {
  const { graphQLDocument: query, variables } = await (await fetch(`${endpoint}/bcp-config.json`)).json();

  const { cartCreate } = await ask(query, variables, 'FillCart');
  const filled = { ...variables, cartId: cartCreate.cart.id, key: randomUUID() };
  const { cartDestinationSet } = await ask(query, filled, 'ShipTo');
  const [{ id: shippingOptionId }] = cartDestinationSet.cart.shippingOptions;
  const { cartShippingSelect } = await ask(query, { ...filled, shippingOptionId }, 'ShipBy');
  const { orderPlace } = await ask(query, filled, 'PlaceOrder');
  const events = listen(t).iterate({
    query,
    operationName: 'Watch',
    variables: { orderId: orderPlace.order.id, accessKey: orderPlace.accessKey },
  });
  const first = await events.next();

  assert.deepEqual([...cartShippingSelect.problems, ...orderPlace.problems], []);
  assert.ok(first.value.data.orderStatusChanged.version >= 1, JSON.stringify(first));
});

test('A subscription goes on showing what happens', browserIsHere, async (t) => {
  const { sku } = await variantInStock();
  const cart = await cartOf(sku, 1);
  const { page, outside } = await open(
    t,
    'subscription Watch($cartId: ID!) {\n  cartChanged(cartId: $cartId) {\n    version\n    quantity\n  }\n}\n',
    { cartId: cart.id },
  );

  await run(page);
  await shows(page, /"quantity": 1\b/);
  await ask('mutation ($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { problems { code } } }', {
    input: { cartId: cart.id, lines: [{ variant: { sku }, quantity: 6 }] },
  });

  await shows(page, /"quantity": 7\b/);
  await keep(page, 'subscription');
  assert.deepEqual(outside, []);
});

test('A code that does nothing says why, and how much is missing', browserIsHere, async (t) => {
  const { sku } = await variantInStock();
  const cart = await cartOf(sku, 1);
  const { page, outside } = await open(
    t,
    'mutation Type($cartId: ID!) {\n  cartCodeAdd(input: { cartId: $cartId, code: "welcome" }) {\n    cart { cost { promotions { code reason missing { amount } } } }\n  }\n}\n',
    { cartId: cart.id },
  );

  await run(page);

  await shows(page, /"code": "WELCOME",\s+"reason": "SUBTOTAL",\s+"missing": \{\s+"amount": "\d+\.\d\d"/);
  await keep(page, 'code');
  assert.deepEqual(outside, []);
});

test('A person pays: the document, the page behind the address, and the order is paid', browserIsHere, async (t) => {
  const { graphQLDocument, variables } = await (await fetch(`${endpoint}/bcp-config.json`)).json();
  const pay = parse(graphQLDocument).definitions.find(({ name }) => name.value === 'Pay');
  const { sku } = await variantInStock();
  const { order, accessKey } = await place((await cartOf(sku, 1)).id);
  const events = listen(t).iterate({ query: watchOrder, variables: { orderId: order.id, accessKey } });
  await until(events, 'AWAITING_PAYMENT');
  const { page, outside } = await open(t, print(pay), {
    ...variables,
    payKey: randomUUID(),
    orderId: order.id,
    accessKey,
  });

  await run(page);
  const [, address] = /"url": "([^"]+)"/.exec(await shows(page, /"url": "[^"]+"/));
  await keep(page, 'pay');
  const sandbox = await browser.newPage();
  t.after(() => sandbox.close());
  await sandbox.goto(address);
  await sandbox.getByRole('button', { name: 'Pay', exact: true }).click();

  await until(events, 'PAID');
  await sandbox.getByText('Paid.').waitFor();
  await keep(sandbox, 'paid');
  assert.deepEqual(outside, []);
});

async function until(events, status) {
  for (let event; !event?.done; event = await events.next()) {
    if (event?.value.data.orderStatusChanged.to === status) {
      return;
    }
  }
  assert.fail(`ended before ${status}`);
}
