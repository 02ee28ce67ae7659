// Another team's subgraph: it adds reviews to the shop's products. It knows them by id, their SKUs by what the seller
// calls them and orders by number, and nothing else of them.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { Kind, parse } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import { shopText } from './subgraphs.mjs';

// What both have is the shop's, word for word.
const values = ['Money', 'CurrencyCode', 'Decimal', 'PageInfo', 'Problem', 'ProblemCode', 'InvalidInput'];
const own = parse(readFileSync(new URL('reviews.graphql', import.meta.url), 'utf8'));
const shared = parse(shopText).definitions.filter(({ name }) => values.includes(name?.value));

export const reviewsTypes = { kind: Kind.DOCUMENT, definitions: [...own.definitions, ...shared] };

/** Opens it until the test is over. */
export async function openReviews(test) {
  const reviews = [];
  const schema = buildSubgraphSchema({
    typeDefs: reviewsTypes,
    resolvers: {
      Query: { latestReviews: () => reviews },
      Mutation: {
        reviewAdd: (_, { input: { productId, sku, orderNumber, stars } }) => {
          if (stars < 1 || stars > 5) {
            return { problems: [invalid('From 1 to 5 stars.', ['stars'])] };
          }
          const review = {
            id: String(reviews.length + 1),
            stars,
            product: { id: productId },
            variant: { sku },
            order: orderNumber && { number: orderNumber },
          };
          reviews.unshift(review);
          return { review, problems: [] };
        },
      },
      Review: { thanks: () => ({ amount: '1.50', currencyCode: 'GBP' }) },
      Product: {
        reviews: ({ id }) => ({
          nodes: reviews.filter(({ product }) => product.id === id),
          pageInfo: { hasNextPage: false, hasPreviousPage: false },
        }),
      },
    },
  });
  const server = createServer(createHandler({ schema })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => server.close());
  return { name: 'reviews', url: `http://127.0.0.1:${server.address().port}/`, typeDefs: reviewsTypes };
}

const invalid = (message, field) => ({ __typename: 'InvalidInput', code: 'INVALID_INPUT', message, field });
