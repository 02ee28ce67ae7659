// What a client of the shop does, for the tests: ask, fill a cart, order, listen.
import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

export const url = process.env.SHOP_URL ?? 'http://127.0.0.1:5000';
export const endpoint = `${url}/graphql`;

export async function ask(query, variables, operationName) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables, operationName }),
  });
  const { data, errors } = await response.json();
  if (errors) {
    throw new Error(JSON.stringify(errors));
  }
  return data;
}

/** A client that listens until its test is over. */
export function listen(test, options) {
  const client = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...options,
  });
  test.after(() => client.dispose());
  return client;
}

/** The first SKU of which at least some units can be sold. */
export async function variantInStock(units = 5) {
  const { products } = await ask(`{
    products(first: 20) { nodes { variants(first: 4) { nodes { id sku availability { available } } } } }
  }`);
  return products.nodes
    .flatMap((product) => product.variants.nodes)
    .find((variant) => variant.availability.available >= units);
}

/** A cart that can be ordered: it goes in the first way that the shop has, if it has any. */
export async function cartOf(sku, quantity) {
  const { cartCreate } = await ask(
    `mutation ($input: CartCreateInput!) {
      cartCreate(input: $input) { cart { id version shippingOptions { id } } problems { code message } }
    }`,
    { input: { lines: [{ variant: { sku }, quantity }] } },
  );
  const { id, version, shippingOptions } = cartCreate.cart;
  if (shippingOptions.length === 0) {
    return { id, version };
  }
  const { cartShippingSelect } = await ask(
    `mutation ($input: CartShippingInput!) {
      cartShippingSelect(input: $input) { cart { id version } problems { code message } }
    }`,
    { input: { cartId: id, shippingOptionId: shippingOptions[0].id } },
  );
  return cartShippingSelect.cart;
}

export async function place(cartId) {
  const { orderPlace } = await ask(
    `mutation ($input: OrderPlaceInput!) {
      orderPlace(input: $input) {
        order { id number status version } accessKey replayed problems { code message }
      }
    }`,
    {
      input: {
        idempotencyKey: randomUUID(),
        cartId,
        email: 'ada@example.com',
        shippingAddress: {
          name: 'Ada Lovelace',
          line1: "12 St James's Square",
          city: 'London',
          postalCode: 'SW1Y 4JH',
          countryCode: 'GB',
        },
      },
    },
  );
  return orderPlace;
}

/** Begins to pay for an order at the sandbox; the address is that of its page. */
export async function beginPayment({ order, accessKey }) {
  const { paymentBegin } = await ask(
    `mutation ($input: PaymentBeginInput!) {
      paymentBegin(input: $input) {
        payment { id version nextAction { ... on RedirectTo { url } } } problems { code message }
      }
    }`,
    {
      input: { idempotencyKey: randomUUID(), order: { id: order.id }, accessKey, channel: 'SANDBOX', method: 'WEB' },
    },
  );
  return paymentBegin;
}

/** Presses a button of the sandbox's page, as a browser does. */
export async function press(address, deed) {
  const page = await (await fetch(address)).text();
  const [, token] = /name="token" value="([^"]+)"/.exec(page);
  const answer = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ token, deed }),
    redirect: 'manual',
  });
  return answer.status;
}

export const watchOrder = `subscription ($orderId: ID!, $accessKey: String, $fromVersion: Int) {
  orderStatusChanged(orderId: $orderId, accessKey: $accessKey, fromVersion: $fromVersion) {
    from to version at order { id number status }
  }
}`;
