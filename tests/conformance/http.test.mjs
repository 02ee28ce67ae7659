// GraphQL over HTTP, by the audits of the working group's reference implementation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { endpoint } from './shop.mjs';

for (const audit of serverAudits({ url: endpoint, fetchFn: fetch })) {
  test(`${audit.id} ${audit.name}`, async () => {
    const { status, reason } = await audit.fn();
    assert.equal(status, 'ok', reason);
  });
}
