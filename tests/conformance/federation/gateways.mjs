// Two gateways, each over the supergraph of its own maker's composer, open until a test is over.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ApolloGateway } from '@apollo/gateway';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { parse } from 'graphql';
import { endpoint } from '../shop.mjs';
import { openReviews } from './reviews.mjs';
import { composers, shop } from './subgraphs.mjs';

async function compose(test, composer) {
  return composers[composer]([{ ...shop, url: endpoint }, await openReviews(test)]).supergraphSdl;
}

/** Serves over HTTP; subscriptions, too. */
async function openHive(test) {
  const gateway = createGatewayRuntime({
    supergraph: await compose(test, '@theguild/federation-composition'),
    logging: 'error',
  });
  const server = createServer(gateway).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(async () => {
    server.close();
    await gateway[Symbol.asyncDispose]();
  });
  const url = `http://127.0.0.1:${server.address().port}/graphql`;
  const ask = async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return response.json();
  };
  return { url, ask };
}

/** Made to be a part of Apollo Server, which would call it like this. */
async function openApollo(test) {
  const gateway = new ApolloGateway({ supergraphSdl: await compose(test, '@apollo/composition') });
  const { executor } = await gateway.load();
  test.after(() => gateway.stop());
  const ask = async (query, variables = {}) =>
    // As a client would have it: the gateway's objects have no prototype.
    structuredClone(
      await executor({ document: parse(query), queryHash: query, request: { query, variables }, context: {} }),
    );
  return { ask };
}

export const gateways = { '@graphql-hive/gateway': openHive, '@apollo/gateway': openApollo };
