// Apollo Client 4: one cache, told by queries, mutations and subscriptions alike.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { BatchHttpLink } from '@apollo/client/link/batch-http';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { filter, firstValueFrom, ReplaySubject } from 'rxjs';
import { ask, cartOf, endpoint, listen, place, variantInStock, watchOrder } from './shop.mjs';

const patience = { timeout: 20_000 };

function open(t, http = new HttpLink({ uri: endpoint })) {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(listen(t)),
      http,
    ),
  });
  t.after(() => client.stop());
  return client;
}

/** Opens a page that stays open; what it gives back waits until the page shows what is hoped for. */
function show(t, client, query, variables) {
  const results = new ReplaySubject(1);
  const page = client.watchQuery({ query, variables }).subscribe(results);
  t.after(() => page.unsubscribe());
  return async (isHopedFor) => {
    const hopedFor = filter(({ data, dataState }) => dataState === 'complete' && isHopedFor(data));
    return (await firstValueFrom(results.pipe(hopedFor))).data;
  };
}

const cartPage = gql`
  query CartPage($cartId: ID!) {
    cart(id: $cartId) { id version quantity lines { id quantity variant { id sku availability { available } } } }
  }
`;

test('A mutation shows on the page that has queried', patience, async (t) => {
  const { sku } = await variantInStock();
  const cart = await cartOf(sku, 1);
  const client = open(t);
  const page = show(t, client, cartPage, { cartId: cart.id });
  const before = await page(({ cart }) => cart.quantity === 1);

  const { data } = await client.mutate({
    mutation: gql`
      mutation Add($input: CartLinesAddInput!) {
        cartLinesAdd(input: $input) { cart { id version quantity lines { id quantity } } problems { code } }
      }
    `,
    variables: { input: { cartId: cart.id, lines: [{ variant: { sku }, quantity: 2 }] } },
  });

  assert.deepEqual(data.cartLinesAdd.problems, []);
  const after = await page(({ cart }) => cart.quantity === 3);
  assert.ok(after.cart.version > before.cart.version);
  assert.deepEqual(after.cart.lines[0], { ...before.cart.lines[0], quantity: 3 });
});

test('What another device does shows by a subscription', patience, async (t) => {
  const { sku } = await variantInStock();
  const cart = await cartOf(sku, 1);
  const client = open(t);
  const page = show(t, client, cartPage, { cartId: cart.id });
  await page(({ cart }) => cart.quantity === 1);
  client
    .subscribe({
      query: gql`
        subscription Watch($cartId: ID!) {
          cartChanged(cartId: $cartId) { id version quantity }
        }
      `,
      variables: { cartId: cart.id },
    })
    .subscribe(() => {});

  await ask('mutation ($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { problems { code } } }', {
    input: { cartId: cart.id, lines: [{ variant: { sku }, quantity: 4 }] },
  });

  await page(({ cart }) => cart.quantity === 5);
});

test('An order is followed by its subscription', patience, async (t) => {
  const { sku } = await variantInStock();
  const { order, accessKey } = await place((await cartOf(sku, 1)).id);

  const { data } = await firstValueFrom(
    open(t)
      .subscribe({ query: gql(watchOrder), variables: { orderId: order.id, accessKey } })
      .pipe(filter(({ data }) => data?.orderStatusChanged.to === 'AWAITING_PAYMENT')),
  );

  assert.equal(data.orderStatusChanged.order.id, order.id);
});

test('One object is fetched again by `node`, and every page shows it', patience, async (t) => {
  const variant = await variantInStock();
  const client = open(t);
  const variantPage = gql`
    query VariantPage($sku: String!) {
      productVariant(by: { sku: $sku }) { id sku availability { available } }
    }
  `;
  const page = show(t, client, variantPage, { sku: variant.sku });
  const before = (await page(() => true)).productVariant.availability.available;
  const { order, accessKey } = await place((await cartOf(variant.sku, 2)).id);
  await firstValueFrom(
    client
      .subscribe({ query: gql(watchOrder), variables: { orderId: order.id, accessKey } })
      .pipe(filter(({ data }) => data?.orderStatusChanged.to === 'AWAITING_PAYMENT')),
  );

  // Again and again: a replica may be some milliseconds behind.
  const again = client
    .watchQuery({
      query: gql`
        query Again($id: ID!) {
          node(id: $id) { id ... on ProductVariant { availability { available } } }
        }
      `,
      variables: { id: variant.id },
      fetchPolicy: 'network-only',
      pollInterval: 50,
    })
    .subscribe(() => {});
  t.after(() => again.unsubscribe());

  await page(({ productVariant }) => productVariant.availability.available <= before - 2);
});

test('Queries of one moment go as one batch', patience, async (t) => {
  const batches = [];
  const client = open(
    t,
    new BatchHttpLink({
      uri: endpoint,
      fetch: (uri, init) => {
        batches.push(JSON.parse(init.body).length);
        return fetch(uri, init);
      },
    }),
  );

  const [shelves, nothing] = await Promise.all([
    client.query({ query: gql`query Shelves { categories { id title } }` }),
    client.query({ query: gql`query Nothing { product(by: { slug: "no-such-thing" }) { id } }` }),
  ]);

  assert.deepEqual(batches, [2]);
  assert.ok(shelves.data.categories.length > 0);
  assert.equal(nothing.data.product, null);
});
