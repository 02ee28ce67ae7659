// The operations of a storefront, as the tools of those who write storefronts read them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { codegen } from '@graphql-codegen/core';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, print } from 'graphql';
import relayCompiler from 'relay-compiler';
import ts from 'typescript';
import { operationsFolder, schemaFile } from './schema.mjs';

const sdl = await readFile(schemaFile, 'utf8');
const files = (await readdir(operationsFolder)).filter((name) => name.endsWith('.graphql'));
const documents = await Promise.all(
  files.map(async (name) => ({
    location: name,
    document: parse(await readFile(join(operationsFolder, name), 'utf8')),
  })),
);

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-operations-'));
});

after(() => rm(folder, { recursive: true }));

test('The Relay compiler takes them all', async () => {
  // Relay reads modules: each file becomes one of its name, each definition a tag in it.
  const sources = join(folder, 'src');
  await mkdir(sources);
  for (const { location, document } of documents) {
    const tags = document.definitions.map((definition) => `graphql\`\n${print(definition)}\n\`;\n`);
    await writeFile(join(sources, `${basename(location, '.graphql')}.js`), tags.join('\n'));
  }
  await writeFile(join(folder, 'shop.graphql'), sdl);
  await writeFile(
    join(folder, 'relay.config.json'),
    JSON.stringify({ src: './src', schema: './shop.graphql', language: 'javascript' }),
  );

  const { stdout, stderr } = await promisify(execFile)(relayCompiler, ['relay.config.json'], { cwd: folder });

  assert.doesNotMatch(stdout + stderr, /WARN|ERROR/);
  const operations = documents.flatMap(({ document }) => document.definitions);
  const made = await readdir(join(sources, '__generated__'));
  assert.deepEqual(made.sort(), operations.map(({ name }) => `${name.value}.graphql.js`).sort());
});

test('graphql-codegen makes types of them that TypeScript takes', async () => {
  const schema = buildSchema(sdl);
  const file = join(folder, 'operations.ts');
  await writeFile(
    file,
    await codegen({
      filename: file,
      schema: parse(sdl),
      schemaAst: schema,
      documents,
      config: { strictScalars: true, scalars: scalarsOf(schema) },
      plugins: [{ types: {} }],
      pluginMap: { types: operationTypes },
    }),
  );

  const program = ts.createProgram([file], { strict: true, noEmit: true, types: [] });

  assert.deepEqual(
    ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText),
    [],
  );
});

// All of ours are strings in JSON.
const scalarsOf = (schema) =>
  Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter((type) => type.constructor.name === 'GraphQLScalarType')
      .map(({ name }) => [name, 'string']),
  );
