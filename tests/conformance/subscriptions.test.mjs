// graphql-transport-ws, spoken by graphql-ws, the client that most others are built on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, beginPayment, cartOf, listen, place, press, variantInStock, watchOrder } from './shop.mjs';

const patience = { timeout: 20_000 };

async function statuses(client, variables, until) {
  const seen = [];
  for await (const { data, errors } of client.iterate({ query: watchOrder, variables })) {
    assert.equal(errors, undefined);
    seen.push(data.orderStatusChanged);
    if (data.orderStatusChanged.to === until) {
      return seen;
    }
  }
  assert.fail(`ended before ${until}: ${JSON.stringify(seen)}`);
}

test('An order that is placed is pushed until it awaits payment, each version once', patience, async (t) => {
  const { sku } = await variantInStock();
  const { order, accessKey } = await place((await cartOf(sku, 1)).id);
  const client = listen(t);

  const seen = await statuses(client, { orderId: order.id, accessKey }, 'AWAITING_PAYMENT');

  const versions = seen.map((change) => change.version);
  assert.deepEqual(versions, [...new Set(versions)].sort((a, b) => a - b));
  assert.ok(seen.every((change) => change.order.id === order.id));
});

test('Who comes back after a drop is told what was missed', patience, async (t) => {
  const { sku } = await variantInStock();
  const { order, accessKey } = await place((await cartOf(sku, 1)).id);
  const client = listen(t);
  await statuses(client, { orderId: order.id, accessKey }, 'AWAITING_PAYMENT');

  const again = await statuses(
    client,
    { orderId: order.id, accessKey, fromVersion: order.version },
    'AWAITING_PAYMENT',
  );

  assert.equal(again.at(-1).version, order.version + 1);
  assert.equal(again.at(-1).from, 'PENDING');
});

test('Without its access key an order is not watched', patience, async (t) => {
  const { sku } = await variantInStock();
  const { order } = await place((await cartOf(sku, 1)).id);
  const client = listen(t);

  const events = client.iterate({ query: watchOrder, variables: { orderId: order.id, accessKey: 'guess' } });
  const first = await events.next().catch((refused) => ({ refused }));

  assert.ok(first.refused ?? first.value?.errors, JSON.stringify(first));
});

test('An order that is paid at the sandbox is pushed as paid, and its payment as captured', patience, async (t) => {
  const { sku } = await variantInStock();
  const placed = await place((await cartOf(sku, 1)).id);
  const variables = { orderId: placed.order.id, accessKey: placed.accessKey };
  const client = listen(t);
  await statuses(client, variables, 'AWAITING_PAYMENT');
  const { payment, problems } = await beginPayment(placed);
  assert.deepEqual(problems, []);
  const payments = client.iterate({
    query: `subscription ($orderId: ID!, $accessKey: String) {
      paymentChanged(orderId: $orderId, accessKey: $accessKey) { id status version captured { amount } }
    }`,
    variables,
  });
  const first = (await payments.next()).value.data.paymentChanged;

  assert.equal(await press(payment.nextAction.url, 'Pay'), 303);

  const changed = (await payments.next()).value.data.paymentChanged;
  assert.deepEqual([first.id, first.status], [payment.id, 'PENDING']);
  assert.deepEqual([changed.id, changed.status], [payment.id, 'CAPTURED']);
  assert.ok(Number(changed.captured.amount) > 0 && changed.version > first.version);
  await statuses(client, variables, 'PAID');
});

test('A cart tells its watchers of every change, the state now first', patience, async (t) => {
  const { sku } = await variantInStock();
  const cart = await cartOf(sku, 1);
  const client = listen(t);
  const events = client.iterate({
    query: 'subscription ($cartId: ID!) { cartChanged(cartId: $cartId) { version quantity } }',
    variables: { cartId: cart.id },
  });

  const now = await events.next();
  await ask(
    `mutation ($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { problems { code } } }`,
    { input: { cartId: cart.id, lines: [{ variant: { sku }, quantity: 2 }] } },
  );
  const then = await events.next();

  assert.deepEqual(now.value.data.cartChanged, { version: cart.version, quantity: 1 });
  assert.equal(then.value.data.cartChanged.quantity, 3);
  assert.ok(then.value.data.cartChanged.version > cart.version);
});

for (const [kind, code, expected, authorization] of [
  ['of a kind that the shop does not know ends it for good', 4401, 1, 'Basic bm9uc2Vuc2U='],
  ['that is not valid may be brought anew', 4403, 2, 'Bearer nonsense'],
]) {
  for (const connectionParams of [{ authorization }, { headers: { Authorization: authorization } }]) {
    test(`A credential ${kind}: ${JSON.stringify(connectionParams)}`, patience, async (t) => {
      let tries = 0;
      const client = listen(t, {
        connectionParams,
        retryAttempts: 1,
        retryWait: async () => {},
        on: { connecting: () => tries++ },
      });

      const refused = await client.iterate({ query: '{ __typename }' }).next().catch((closed) => closed);

      assert.equal(refused.code, code);
      assert.equal(tries, expected);
    });
  }
}

test('A client that asks whether the shop is there is answered', patience, async (t) => {
  await new Promise((answered) => listen(t, { lazy: false, keepAlive: 100, on: { pong: answered } }));
});
