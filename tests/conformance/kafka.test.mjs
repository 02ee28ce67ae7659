// Events for others, read by kafkajs from a real broker. Left out where none stands beside the repository.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { freePort, startShop } from './start-shop.mjs';

const scripts = fileURLToPath(new URL('../../../shared/kafka/', import.meta.url));
const skip = existsSync(join(scripts, 'start.sh')) ? false : `no broker at ${scripts}`;
const patience = { timeout: 240_000, skip };
const topic = 'shop.orders';
const run = promisify(execFile);
let data;
let kafka;
let shop;
let client;

before(async () => {
  if (skip) {
    return;
  }
  data = await mkdtemp(join(tmpdir(), 'shop-kafka-'));
  const port = await freePort();
  await run('bash', [join(scripts, 'start.sh'), String(port), data]);
  const address = `127.0.0.1:${port}`;
  kafka = new Kafka({ brokers: [address], logLevel: logLevel.ERROR });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }] });
  await admin.disconnect();
  shop = await startShop({ Outside__Kafka: address });
  // A client of this shop, not of the one that the other files share.
  process.env.SHOP_URL = shop.url;
  client = await import('./shop.mjs');
  // The sample catalogue gets its stock by message, once the shop is open.
  while (!(await client.variantInStock())) {
    await pause(100);
  }
}, patience);

after(async () => {
  await shop?.stop();
  if (data) {
    await run('bash', [join(scripts, 'stop.sh'), data]);
    await rm(data, { recursive: true, force: true });
  }
});

/** What the topic has, until each of these orders has come to that version. */
async function read(orders, version) {
  const consumer = kafka.consumer({ groupId: 'conformance' });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const events = [];
  await new Promise((resolve, reject) => {
    const eachMessage = async ({ message }) => {
      events.push({
        key: message.key.toString(),
        headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, value.toString()])),
        data: JSON.parse(message.value),
      });
      const done = events.filter((event) => event.data.version === version).map((event) => event.data.number);
      if (orders.every(({ number }) => done.includes(number))) {
        resolve();
      }
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return events;
}

test('Each step of an order is read once, in order, as its schema says', patience, async () => {
  const { sku } = await client.variantInStock();
  const orders = [];
  for (let n = 0; n < 3; n++) {
    orders.push((await client.place((await client.cartOf(sku, 1)).id)).order);
  }

  const events = await read(orders, 2);

  for (const { number } of orders) {
    const steps = events.filter((event) => event.data.number === number);
    assert.deepEqual(
      steps.map(({ data: { version, from, to } }) => [version, from, to]),
      [
        [1, null, 'PENDING'],
        [2, 'PENDING', 'AWAITING_PAYMENT'],
      ],
    );
    for (const { key, headers, data: step } of steps) {
      assert.equal(key, step.orderId);
      assert.equal(headers.ce_id, `orders/${step.orderId}/${step.version}`);
      assert.equal(headers.ce_type, 'shop.order.status_changed.v1');
      assert.deepEqual(
        step.lines.map((line) => [line.sku, line.quantity]),
        [[sku, 1]],
      );
    }
  }
});
