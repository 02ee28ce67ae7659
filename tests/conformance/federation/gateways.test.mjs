// The shop behind a gateway, beside a subgraph that it knows nothing of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-sse';
import { ask as askShop, cartOf, place } from '../shop.mjs';
import { gateways } from './gateways.mjs';

const patience = { timeout: 60_000 };
const sku = '85123A';

const reviewAdd = `
  mutation ($input: ReviewAddInput!) {
    reviewAdd(input: $input) { review { product { title } } problems { __typename code field } }
  }`;

async function data(answer) {
  const { data, errors } = await answer;
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

async function product() {
  const { productVariant } = await askShop('query ($sku: String!) { productVariant(by: { sku: $sku }) { product { id title } } }', { sku });
  return productVariant.product;
}

for (const [name, open] of Object.entries(gateways)) {
  test(`A query goes into another subgraph and back, through ${name}`, patience, async (t) => {
    const { ask } = await open(t);
    const { id, title } = await product();
    for (const stars of [4, 5]) {
      await data(ask(reviewAdd, { input: { productId: id, sku, stars } }));
    }

    const found = await data(
      ask(`{
        latestReviews {
          stars
          thanks { amount currencyCode }
          variant { title availability { status } product { slug reviews { nodes { stars } pageInfo { hasNextPage } } } }
        }
        product(by: { slug: "white-hanging-heart-t-light-holder" }) { title reviews { nodes { product { title } } } }
      }`),
    );

    assert.deepEqual(
      found.latestReviews.map(({ stars }) => stars),
      [5, 4],
    );
    for (const review of found.latestReviews) {
      assert.deepEqual(review.thanks, { amount: '1.50', currencyCode: 'GBP' });
      assert.equal(review.variant.availability.status, 'IN_STOCK');
      assert.deepEqual(review.variant.product, {
        slug: 'white-hanging-heart-t-light-holder',
        reviews: { nodes: [{ stars: 5 }, { stars: 4 }], pageInfo: { hasNextPage: false } },
      });
    }
    assert.deepEqual(found.product, { title, reviews: { nodes: [{ product: { title } }, { product: { title } }] } });
  });

  test(`A mutation writes in both, through ${name}`, patience, async (t) => {
    const { ask } = await open(t);
    const { id, title } = await product();

    const done = await data(
      ask(
        `mutation ($review: ReviewAddInput!, $nonsense: ReviewAddInput!, $cart: CartCreateInput!) {
          reviewAdd(input: $review) { review { product { title } } problems { code } }
          refused: reviewAdd(input: $nonsense) { review { id } problems { __typename code field } }
          cartCreate(input: $cart) {
            cart { quantity lines { variant { product { title reviews { nodes { stars } } } } } }
            problems { code }
          }
        }`,
        {
          review: { productId: id, sku, stars: 5 },
          nonsense: { productId: id, sku, stars: 6 },
          cart: { lines: [{ variant: { sku }, quantity: 2 }] },
        },
      ),
    );

    assert.deepEqual(done, {
      reviewAdd: { review: { product: { title } }, problems: [] },
      refused: {
        review: null,
        problems: [{ __typename: 'InvalidInput', code: 'INVALID_INPUT', field: ['stars'] }],
      },
      cartCreate: {
        cart: { quantity: 2, lines: [{ variant: { product: { title, reviews: { nodes: [{ stars: 5 }] } } } }] },
        problems: [],
      },
    });
  });

  test(`An order that another subgraph names is opened to nobody, through ${name}`, patience, async (t) => {
    const { ask } = await open(t);
    const { order, accessKey } = await place((await cartOf(sku, 1)).id);
    const input = { productId: (await product()).id, sku, stars: 1, orderNumber: order.number };
    await data(ask(reviewAdd, { input }));

    const answer = await ask('{ latestReviews { order { number email } } }');
    const own = await data(
      ask('query ($id: ID!, $key: String) { order(by: { id: $id }, accessKey: $key) { number email } }', {
        id: order.id,
        key: accessKey,
      }),
    );

    assert.deepEqual(answer.data.latestReviews, [{ order: null }]);
    assert.deepEqual(own.order, { number: order.number, email: 'ada@example.com' });
  });
}

test('A subscription shows what both have, through @graphql-hive/gateway', patience, async (t) => {
  const { ask, url } = await gateways['@graphql-hive/gateway'](t);
  const { id, title } = await product();
  const cart = await cartOf(sku, 1);
  const client = createClient({ url, retryAttempts: 0 });
  t.after(() => client.dispose());
  const events = client.iterate({
    query: `subscription ($cartId: ID!) {
      cartChanged(cartId: $cartId) { quantity lines { variant { product { title reviews { nodes { stars } } } } } }
    }`,
    variables: { cartId: cart.id },
  });
  const next = async () => (await data((await events.next()).value)).cartChanged;
  const shown = (quantity, nodes) => ({ quantity, lines: [{ variant: { product: { title, reviews: { nodes } } } }] });

  assert.deepEqual(await next(), shown(1, []));
  await data(ask(reviewAdd, { input: { productId: id, sku, stars: 3 } }));
  await data(
    ask('mutation ($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { problems { code } } }', {
      input: { cartId: cart.id, lines: [{ variant: { sku }, quantity: 2 }] },
    }),
  );
  assert.deepEqual(await next(), shown(3, [{ stars: 3 }]));
});
