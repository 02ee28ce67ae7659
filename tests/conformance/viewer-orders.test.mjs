// A customer who is signed in on two devices: what they order on one shows on the other, by Apollo Client 4.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { filter, firstValueFrom, ReplaySubject, take, toArray } from 'rxjs';
import { ask, cartOf, endpoint, listen, variantInStock } from './shop.mjs';

const patience = { timeout: 20_000 };

async function register() {
  const { customerRegister } = await ask(
    `mutation ($input: CustomerRegisterInput!) {
      customerRegister(input: $input) { accessToken refreshToken problems { code } }
    }`,
    { input: { email: `ada-${randomUUID()}@example.com`, password: `correct horse ${randomUUID()}`, name: 'Ada' } },
  );
  assert.deepEqual(customerRegister.problems, []);
  return `Bearer ${customerRegister.accessToken}`;
}

function device(t, authorization) {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(listen(t, { connectionParams: { authorization } })),
      new HttpLink({ uri: endpoint, headers: { authorization } }),
    ),
  });
  t.after(() => client.stop());
  return client;
}

const place = gql`
  mutation Place($input: OrderPlaceInput!) {
    orderPlace(input: $input) { order { id version } accessKey problems { code } }
  }
`;

const watchOrders = gql`
  subscription WatchOrders { viewerOrdersChanged { from to version order { id status version } } }
`;

const myOrders = gql`
  query MyOrders { viewer { id orders(first: 10) { nodes { id status version customer { id } } } } }
`;

async function placeOn(client) {
  const { sku } = await variantInStock();
  const { data } = await client.mutate({
    mutation: place,
    variables: {
      input: {
        idempotencyKey: randomUUID(),
        cartId: (await cartOf(sku, 1)).id,
        email: 'ada@example.com',
        shippingAddress: { name: 'Ada', line1: '1 Hill', city: 'London', postalCode: 'N1', countryCode: 'GB' },
      },
    },
  });
  assert.deepEqual(data.orderPlace.problems, []);
  return data.orderPlace.order;
}

function watch(t, client) {
  const changes = new ReplaySubject();
  const watching = client.subscribe({ query: watchOrders }).subscribe(changes);
  t.after(() => watching.unsubscribe());
  return changes;
}

test('What is ordered on one device is told on the other, step by step', patience, async (t) => {
  const authorization = await register();
  const [phone, desk] = [device(t, authorization), device(t, authorization)];
  const first = await placeOn(phone);
  const changes = watch(t, desk);
  // The first event says that the other device listens.
  await firstValueFrom(changes);

  const second = await placeOn(phone);

  const steps = await firstValueFrom(
    changes.pipe(
      filter(({ data }) => data.viewerOrdersChanged.order.id === second.id),
      take(2),
      toArray(),
    ),
  );
  assert.deepEqual(
    steps.map(({ data }) => [data.viewerOrdersChanged.version, data.viewerOrdersChanged.to]),
    [[1, 'PENDING'], [2, 'AWAITING_PAYMENT']],
  );
  const { data } = await desk.query({ query: myOrders });
  assert.deepEqual(data.viewer.orders.nodes.map(({ id }) => id), [second.id, first.id]);
  assert.ok(data.viewer.orders.nodes.every(({ customer }) => customer.id === data.viewer.id));
});

test('A step that is pushed shows on the page that lists the orders', patience, async (t) => {
  const authorization = await register();
  const [phone, desk] = [device(t, authorization), device(t, authorization)];
  const order = await placeOn(phone);
  const page = new ReplaySubject(1);
  const open = desk.watchQuery({ query: myOrders }).subscribe(page);
  t.after(() => open.unsubscribe());
  const shown = page.pipe(filter(({ dataState }) => dataState === 'complete'));
  // An answer of a replica that is behind would otherwise take the place of a step that was pushed before it came.
  await firstValueFrom(shown);
  watch(t, desk);

  const { data } = await firstValueFrom(shown.pipe(filter(({ data }) => data.viewer.orders.nodes[0].version === 2)));

  assert.equal(data.viewer.orders.nodes[0].id, order.id);
  assert.equal(data.viewer.orders.nodes[0].status, 'AWAITING_PAYMENT');
});

test('Who is not signed in is told of no orders', patience, async (t) => {
  const client = listen(t);

  const events = client.iterate({ query: 'subscription { viewerOrdersChanged { version } }' });
  const first = await events.next().catch((refused) => ({ refused }));

  assert.match(JSON.stringify(first.refused ?? first.value?.errors), /UNAUTHENTICATED/);
});
