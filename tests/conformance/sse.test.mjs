// Subscriptions over server-sent events, for clients that cannot open a WebSocket; spoken by graphql-sse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-sse';
import { cartOf, endpoint, place, variantInStock, watchOrder } from './shop.mjs';

test('An order is watched over server-sent events, too', { timeout: 20_000 }, async (t) => {
  const { sku } = await variantInStock();
  const { order, accessKey } = await place((await cartOf(sku, 1)).id);
  const client = createClient({ url: endpoint, retryAttempts: 0 });
  t.after(() => client.dispose());

  const seen = [];
  for await (const { data, errors } of client.iterate({
    query: watchOrder,
    variables: { orderId: order.id, accessKey },
  })) {
    assert.equal(errors, undefined);
    seen.push(data.orderStatusChanged.to);
    if (seen.at(-1) === 'AWAITING_PAYMENT') {
      break;
    }
  }

  assert.equal(seen.at(-1), 'AWAITING_PAYMENT');
});

test('A credential that is not accepted is refused', async (t) => {
  const client = createClient({ url: endpoint, retryAttempts: 0, headers: { Authorization: 'Bearer nonsense' } });
  t.after(() => client.dispose());

  const { response } = await client.iterate({ query: '{ __typename }' }).next().catch((refused) => refused);

  assert.equal(response.status, 401);
  assert.equal((await response.json()).errors[0].extensions.code, 'UNAUTHENTICATED');
});
