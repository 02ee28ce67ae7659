// Accounts as a storefront has them: Apollo Client signs in, and gets new tokens by itself when the old ones have expired.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache, ServerError } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { createClient } from 'graphql-ws';
import { from, switchMap } from 'rxjs';
import WebSocket from 'ws';
import { startShop } from './start-shop.mjs';

const patience = { timeout: 240_000 };
const Viewer = gql`
  query Viewer {
    viewer { id email cart { id quantity } }
  }
`;

let shop;

before(async () => {
  shop = await startShop({ Accounts__AccessTokenLifetime: '00:00:02' });
}, patience);

after(() => shop?.stop());

/** A storefront: where it keeps its tokens, and how it gets new ones. */
function storefront(t) {
  const session = { accessToken: null, refreshToken: null, refreshes: 0, refreshing: null };

  const keep = ({ accessToken, refreshToken }) => Object.assign(session, { accessToken, refreshToken });

  // One refresh for all that find the token expired at the same moment: a refresh token is used once.
  const refresh = () =>
    (session.refreshing ??= (async () => {
      session.refreshes += 1;
      const response = await fetch(`${shop.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `mutation ($input: TokenRefreshInput!) {
            tokenRefresh(input: $input) { accessToken refreshToken problems { code } }
          }`,
          variables: { input: { refreshToken: session.refreshToken } },
        }),
      });
      const { data } = await response.json();
      assert.deepEqual(data.tokenRefresh.problems, []);
      keep(data.tokenRefresh);
    })().finally(() => (session.refreshing = null)));

  const isExpired = (error) =>
    (ServerError.is(error) && error.statusCode === 401) ||
    (CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED'));

  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      new ErrorLink(({ error, operation, forward }) =>
        isExpired(error) && session.refreshToken ? from(refresh()).pipe(switchMap(() => forward(operation))) : undefined,
      ),
      new SetContextLink(({ headers }) =>
        session.accessToken ? { headers: { ...headers, authorization: `Bearer ${session.accessToken}` } } : {},
      ),
      new HttpLink({ uri: `${shop.url}/graphql` }),
    ]),
    defaultOptions: { query: { fetchPolicy: 'network-only' } },
  });
  t.after(() => client.stop());
  return { client, session, keep, refresh };
}

async function register({ client, keep }, email) {
  const { data } = await client.mutate({
    mutation: gql`
      mutation Register($input: CustomerRegisterInput!) {
        customerRegister(input: $input) {
          customer { id email } accessToken accessTokenExpiresAt refreshToken problems { code }
        }
      }
    `,
    variables: { input: { email, password: 'correct horse battery staple', name: 'Ada Lovelace' } },
  });
  assert.deepEqual(data.customerRegister.problems, []);
  keep(data.customerRegister);
  return data.customerRegister;
}

const isGood = async (token) =>
  (
    await fetch(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    })
  ).status !== 401;

async function expiryOf(token) {
  while (await isGood(token)) {
    await pause(200);
  }
}

test('Apollo Client goes on when its token has expired, and refreshes once for all that wait', patience, async (t) => {
  const front = storefront(t);
  const { customer, accessToken } = await register(front, 'apollo@example.com');
  const before = await front.client.query({ query: Viewer });
  assert.equal(before.data.viewer.id, customer.id);
  assert.equal(front.session.refreshes, 0);

  await expiryOf(accessToken);
  const [one, two] = await Promise.all([
    front.client.query({ query: Viewer }),
    front.client.query({ query: gql`query Again { viewer { id name } }` }),
  ]);

  assert.equal(one.data.viewer.id, customer.id);
  assert.equal(two.data.viewer.id, customer.id);
  assert.equal(front.session.refreshes, 1);
  assert.notEqual(front.session.accessToken, accessToken);
});

test('A subscription is cut off with its token, and graphql-ws connects again with the next one', patience, async (t) => {
  const front = storefront(t);
  await register(front, 'socket@example.com');
  const cart = await front.client.mutate({
    mutation: gql`mutation Cart { cartCreate(input: {}) { cart { id version } } }`,
  });
  const closed = [];
  let connected = 0;
  const socket = createClient({
    url: `${shop.url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 20,
    connectionParams: async () => {
      if (!(await isGood(front.session.accessToken))) {
        await front.refresh();
      }
      return { authorization: `Bearer ${front.session.accessToken}` };
    },
    on: {
      connected: () => (connected += 1),
      closed: (event) => closed.push(`${event.code} ${event.reason}`),
    },
  });
  t.after(() => socket.dispose());

  const events = socket.iterate({
    query: 'subscription ($cartId: ID!) { cartChanged(cartId: $cartId) { id version } }',
    variables: { cartId: cart.data.cartCreate.cart.id },
  });
  // The first event of each connection is the state then.
  assert.equal((await events.next()).value.data.cartChanged.version, 1);
  assert.equal((await events.next()).value.data.cartChanged.version, 1);

  // On a busy machine more than once.
  assert.deepEqual([...new Set(closed)], ['4403 The credential has expired']);
  assert.equal(connected, closed.length + 1);
});

test('The documents of a storefront sign in and out', patience, async (t) => {
  const front = storefront(t);
  await register(front, 'documents@example.com');
  const send = async (name, variables) => {
    const manifest = JSON.parse(await readFile(new URL('../../schema/operations.json', import.meta.url), 'utf8'));
    const { id } = manifest.operations.find((each) => each.name === name);
    const response = await fetch(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentId: id, variables }),
    });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return Object.values(data)[0];
  };

  const signedIn = await send('SignInMutation', {
    input: { email: 'DOCUMENTS@example.com', password: 'correct horse battery staple' },
  });
  const next = await send('TokenRefreshMutation', { input: { refreshToken: signedIn.refreshToken } });
  await send('SignOutMutation', { input: { refreshToken: next.refreshToken } });
  const over = await send('TokenRefreshMutation', { input: { refreshToken: next.refreshToken } });

  assert.equal(signedIn.customer.email, 'documents@example.com');
  assert.equal(over.problems[0].code, 'SESSION_ENDED');
});
