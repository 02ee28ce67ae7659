// The schema: complete by introspection, of good quality by other people's rules, and kind to those who use it already.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  buildASTSchema,
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  parse,
  printSchema,
  validateSchema,
  visit,
} from 'graphql';
import { breakingChanges } from './breaking.mjs';
import { schemas } from './schema.mjs';
import { url } from './shop.mjs';

const linter = fileURLToPath(new URL('lint.mjs', import.meta.url));
const sorted = (schema) => printSchema(lexicographicSortSchema(schema));

// What federation adds to every subgraph is for routers; the file that clients read leaves it out.
function withoutFederation(schema) {
  const drop = ({ name }) => (name.value.startsWith('_') ? null : undefined);
  return buildASTSchema(
    visit(parse(printSchema(schema)), {
      FieldDefinition: drop,
      ObjectTypeDefinition: drop,
      ScalarTypeDefinition: drop,
      UnionTypeDefinition: drop,
    }),
  );
}

async function introspect(path) {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: getIntrospectionQuery({
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        experimentalDirectiveDeprecation: true,
        oneOf: true,
      }),
    }),
  });
  return buildClientSchema((await answer.json()).data);
}

for (const { whose, path, file, releasedFile } of schemas) {
  const served = readFileSync(file, 'utf8');

  test(`Introspection with every option tells the whole schema for ${whose}`, async () => {
    const schema = await introspect(path);

    assert.deepEqual(validateSchema(schema), []);
    assert.equal(sorted(withoutFederation(schema)), sorted(buildSchema(served)));
  });

  test(`The linter has nothing to say of the schema for ${whose}`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [linter, file]);

    assert.deepEqual(JSON.parse(stdout), []);
  });

  test(`Nothing that the last release promised to ${whose} is broken`, async () => {
    assert.deepEqual(
      await breakingChanges(readFileSync(releasedFile, 'utf8'), served),
      [],
      'Deprecate it first: CONTRIBUTING.md, "Take something out of the schema".',
    );
  });
}

const before = `
  enum Colour { RED GREEN BLUE @deprecated(reason: "Use \`GREEN\`. Will be removed on 2026-03-01.") }
  input Where { colour: Colour max: Int @deprecated(reason: "Use \`colour\`. Will be removed on 2026-03-01.") }
  type Lamp { id: ID! watts: Int! @deprecated(reason: "Use \`power\`. Will be removed on 2026-03-01.") power: Int }
  type Query { lamps(first: Int, where: Where, top: Int @deprecated(reason: "Use \`first\`. Will be removed on 2026-03-01.")): [Lamp!]! }
`;

for (const [change, from, to] of [
  ['A field that is gone', 'id: ID! ', ''],
  ['An enum value that is gone', 'RED ', ''],
  ['An input field that is gone', 'input Where { colour: Colour', 'input Where {'],
  ['An argument that is gone', 'first: Int, ', ''],
  ['An argument that has to be given', 'first: Int', 'first: Int!'],
  ['An answer that may be null', '[Lamp!]!', '[Lamp!]'],
  ['Another type', 'power: Int', 'power: String'],
  ['A field that is gone before its day', / watts: .+"\)/, ''],
  ['An argument that is gone before its day', /, top: .+"\)(?=\))/, ''],
  ['An input field that is gone before its day', / max: .+"\)/, ''],
]) {
  test(`${change} is refused`, async () => {
    const changes = await breakingChanges(before, before.replace(from, to), '2026-02-28');

    assert.equal(changes.length, 1, JSON.stringify(changes));
  });
}

for (const [change, from, to] of [
  ['A new field', 'id: ID!', 'id: ID! name: String'],
  ['A new argument that may be left out', 'first: Int', 'first: Int, last: Int'],
  ['A field that is gone on its day', / watts: .+"\)/, ''],
  ['An argument that is gone on its day', /, top: .+"\)(?=\))/, ''],
  ['An enum value that is gone on its day', / BLUE .+"\)/, ''],
  ['An input field that is gone on its day', / max: .+"\)/, ''],
]) {
  test(`${change} is no breaking change`, async () => {
    assert.deepEqual(await breakingChanges(before, before.replace(from, to), '2026-03-01'), []);
  });
}
