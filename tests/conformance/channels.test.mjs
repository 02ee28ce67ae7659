// Paying at the simulated channels, as a person does who has opened `./shop run --simulate-channels`.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startShop } from './start-shop.mjs';

const patience = { timeout: 240_000 };
let shop;
let client;
let counter;

before(async () => {
  // All four take yuan.
  shop = await startShop({ Shop__Currency: 'CNY' }, ['--simulate-channels']);
  // A client of this shop, not of the one that the other files share.
  process.env.SHOP_URL = shop.url;
  client = await import('./shop.mjs');
  // The sample catalogue gets its stock by message, once the shop is open.
  while (!(await client.variantInStock())) {
    await pause(100);
  }
}, patience);

after(() => shop?.stop());

async function until(socket, variables, status) {
  for await (const { data } of socket.iterate({ query: client.watchOrder, variables })) {
    if (data.orderStatusChanged.to === status) {
      return;
    }
  }
  assert.fail(`${status} did not come`);
}

async function begin({ order, accessKey }, channel, method) {
  const { paymentBegin } = await client.ask(
    `mutation ($input: PaymentBeginInput!) {
      paymentBegin(input: $input) {
        payment { nextAction { ... on RedirectTo { url method fields { name value } } } }
        problems { code message }
      }
    }`,
    { input: { idempotencyKey: randomUUID(), order: { id: order.id }, accessKey, channel, method } },
  );
  assert.deepEqual(paymentBegin.problems, []);
  return paymentBegin.payment.nextAction;
}

/** Where a browser is led; without a redirect, the page that lists all that can be paid. */
async function open({ url, method, fields }) {
  const form = method === 'POST' && new URLSearchParams(fields.map(({ name, value }) => [name, value]));
  const page = await fetch(url ?? counter, form ? { method, body: form } : {});
  counter = new URL('/', page.url);
  return page.text();
}

async function pay(page, channel) {
  const [, button] = new RegExp(`action="(/counter/${channel}/[^"]*/pay[^"]*)"`).exec(page) ?? assert.fail(page);
  const { status } = await fetch(new URL(button.replaceAll('&amp;', '&'), counter), {
    method: 'POST',
    redirect: 'manual',
  });
  assert.equal(status, 302);
}

for (const [code, method, channel] of [
  ['ALIPAY', 'WEB', 'alipay'],
  ['UNION_PAY', 'WEB', 'union-pay'],
  ['WECHAT_PAY', 'QR_CODE', 'wechat-pay'],
  ['STRIPE', 'WEB', 'stripe'],
]) {
  test(`An order is paid at a simulated ${code}`, patience, async (t) => {
    const { sku } = await client.variantInStock();
    const placed = await client.place((await client.cartOf(sku, 2)).id);
    const variables = { orderId: placed.order.id, accessKey: placed.accessKey };
    const socket = client.listen(t);
    await until(socket, variables, 'AWAITING_PAYMENT');

    await pay(await open(await begin(placed, code, method)), channel);

    await until(socket, variables, 'PAID');
  });
}

test('The simulated channels end with their shop', patience, async () => {
  await shop.stop();
  for (const end = Date.now() + 10_000; ; await pause(50)) {
    if (!(await fetch(counter).catch(() => null))) {
      break;
    }
    assert.ok(Date.now() < end, 'They are still there.');
  }
});
