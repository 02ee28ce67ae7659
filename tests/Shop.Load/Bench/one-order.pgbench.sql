-- One order as one statement in one transaction, by someone who does nothing else: the order, two lines, and the
-- message that asks for its stock. The tables are copies of the shop's, indexes and checks included.
-- Ids rise, as the shop's do.
\set n :n + 1
\set id :client_id * 1000000000000 + :n
with placed as (
    insert into bench."order" (
        id, status, version, currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, email,
        shipping_address, access_key_hash, shortages, placed_at, updated_at)
    values (
        :id, 0, 1, 'GBP', 1298, 0, 0, 0, 'shopper-1@example.com',
        '{"name": "Shopper 1", "line1": "1 Clock Street", "city": "Greenwich", "postalCode": "SE10 8XJ", "countryCode": "GB"}',
        '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', '[]', now(), now())),
lines as (
    insert into bench.order_line (order_id, position, variant_id, sku, title, quantity, unit_price_minor)
    values
        (:id, 0, 1, '22930', 'Baking mould, milk chocolate heart', 1, 649),
        (:id, 1, 2, '22931', 'Baking mould, white chocolate heart', 1, 649))
insert into bench.local_message (topic, receiver, key, payload, next_attempt_at, created_at, updated_at)
values (
    'inventory.deduct', 'inventory', :id,
    '{"orderId": 1, "lines": [{"variantId": 1, "quantity": 1}, {"variantId": 2, "quantity": 1}]}', now(), now(), now());
