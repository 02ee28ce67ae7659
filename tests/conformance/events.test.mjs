// Events are read by programs that nobody here knows: their schemas only ever grow. A break is a new type of event, `.v2`.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brokenPlaces } from './events.mjs';

const events = new URL('../../schema/events/', import.meta.url);
const released = new URL('../../schema/released/events/', import.meta.url);
const read = (folder, file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

for (const file of readdirSync(released)) {
  test(`Nothing that ${file} promised in the last release is broken`, () => {
    assert.deepEqual(brokenPlaces(read(released, file), read(events, file)), []);
  });
}

const before = {
  type: 'object',
  required: ['id', 'title'],
  properties: {
    id: { type: 'string', pattern: '^[0-9]+$', description: 'Which one.' },
    title: { type: 'string' },
    lines: { type: 'array', maxItems: 200, items: { $ref: '#/$defs/line' } },
  },
  $defs: { line: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } } },
};

for (const [change, edit, place] of [
  ['A member that is gone', (schema) => delete schema.properties.title, '/properties/title'],
  ['A member that may be missing now', (schema) => schema.required.pop(), '/required/title'],
  ['A member of another type', (schema) => (schema.properties.id.type = 'integer'), '/properties/id/type'],
  ['A member that may be null now', (schema) => (schema.properties.id.type = ['string', 'null']), '/properties/id/type'],
  ['Another pattern', (schema) => (schema.properties.id.pattern = '.*'), '/properties/id/pattern'],
  ['A longer list', (schema) => (schema.properties.lines.maxItems = 500), '/properties/lines/maxItems'],
  ['A list of something else', (schema) => (schema.properties.lines.items = { type: 'string' }), '/properties/lines/items/$ref'],
  ['A member of a line that is gone', (schema) => delete schema.$defs.line.properties.sku, '/$defs/line/properties/sku'],
]) {
  test(`${change} is refused`, () => {
    const after = structuredClone(before);
    edit(after);

    assert.deepEqual(brokenPlaces(before, after), [place]);
  });
}

test('A new member, a promise more and other words are no break', () => {
  const after = structuredClone(before);
  after.properties.currency = { type: 'string' };
  after.$defs.line.properties.gift = { type: 'boolean' };
  after.required.push('currency', 'lines');
  after.properties.id.description = 'The order.';

  assert.deepEqual(brokenPlaces(before, after), []);
});
