// What a storefront at another address runs in the browser; origin.test.mjs bundles it.
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient as createEventClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { firstValueFrom } from 'rxjs';

/** Asks over HTTP. */
window.query = async (endpoint, query, variables) => {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: endpoint }) });
  return (await client.query({ query: gql(query), variables })).data;
};

/** The first event over a WebSocket, or why it was closed. */
window.firstOverSocket = async (endpoint, query, variables) => {
  let closed;
  const socket = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    retryAttempts: 0,
    on: { closed: ({ code, reason }) => (closed = { code, reason }) },
  });
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) });
  const { data } = await firstValueFrom(client.subscribe({ query: gql(query), variables }));
  await socket.dispose();
  return data ?? closed;
};

/** The first event over server-sent events. */
window.firstOverEvents = async (endpoint, query, variables) => {
  const client = createEventClient({ url: endpoint, retryAttempts: 0 });
  for await (const { data } of client.iterate({ query, variables })) {
    client.dispose();
    return data;
  }
};
