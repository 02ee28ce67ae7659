// The shop as a part of a supergraph, by both composers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildASTSchema, buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { schemaFile } from '../schema.mjs';
import { ask } from '../shop.mjs';
import { reviewsTypes } from './reviews.mjs';
import { clientSchema, composers, shop, shopText, supergraph, supergraphFile } from './subgraphs.mjs';

const sorted = (schema) => printSchema(lexicographicSortSchema(schema));
const beside = (typeDefs) => [shop, { name: 'other', url: 'http://localhost:5001/', typeDefs }];

test('A running shop tells composers what the file says', async () => {
  const { _service } = await ask('{ _service { sdl } }');

  assert.equal(_service.sdl, shopText);
});

for (const [composer, compose] of Object.entries(composers)) {
  test(`${composer} has no error and no hint, for the shop alone or beside another subgraph`, () => {
    assert.deepEqual(compose([shop]).complaints, []);
    assert.deepEqual(compose(beside(reviewsTypes)).complaints, []);
  });

  test(`By ${composer}, what the shop says of a product is said by nobody else`, () => {
    const rival = parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
      type Product @key(fields: "id") { id: ID! title: String! }
    `);

    assert.match(compose(beside(rival)).complaints.join('\n'), /Product\.title/);
  });
}

test('The file of the supergraph is what the composer makes of the shop', () => {
  assert.equal(readFileSync(supergraphFile, 'utf8'), supergraph(), 'It is old; ./shop schema writes it anew.');
});

test('Behind a gateway clients find the schema that they know', () => {
  const known = buildSchema(readFileSync(schemaFile, 'utf8'));

  assert.equal(sorted(buildASTSchema(clientSchema(supergraph()))), sorted(known));
});
