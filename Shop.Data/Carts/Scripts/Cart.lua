-- What all cart scripts share; stands before each of them.
-- KEYS[1] meta    hash: version, currency, updated_at, expires_at (ms since 1970), merged_into (once it is closed),
--                 owner (once it is a customer's)
-- KEYS[2] lines   hash: slot 0..199 -> variant:quantity:seen price:added:changed:sku; the last numbers but one are versions
-- KEYS[3] ticks   bitmap: the bit of a slot is 1 where its line is ticked
-- ARGV[1] now, ARGV[2] expiry   ms since 1970
-- ARGV[3] lifetime              ms
-- ARGV[4] if version            the version that the cart must have, or ''
-- ARGV[5] channel               hears the version after each change
-- ARGV[6], ARGV[7]              most lines, most of one variant
-- ARGV[8] extend after          ms of the lifetime that may pass before it is extended: most changes need not
-- Returns {status, whole number} where the verb was refused, else
-- {'ok', version, currency, updated_at, expires_at, ticks, {slot, line, slot, line, ...}}: the cart after it.
-- Ids and prices stay text: they can be larger than a Lua number is exact.
local most_lines, most_units = tonumber(ARGV[6]), tonumber(ARGV[7])
local FIRST = 9 -- ARGV from here on are the verb's own

local unpack = table.unpack or unpack -- Lua 5.4 and 5.1

local function int(number)
  return string.format('%d', number)
end

-- Reads the cart. Without one, or with another version than asked for, returns nil and the refusal.
local function open_cart()
  local meta = redis.call('HMGET', KEYS[1], 'version', 'merged_into', 'currency', 'expires_at')
  if not meta[1] or meta[2] then
    return nil, {'not-found'}
  end
  if ARGV[4] ~= '' and ARGV[4] ~= meta[1] then
    return nil, {'version', meta[1]}
  end
  local cart = {
    version = tonumber(meta[1]), currency = meta[3], expires = tonumber(meta[4]), changed = false,
    lines = {}, puts = {}, drops = {}, ticks = {},
  }
  local stored = redis.call('HGETALL', KEYS[2])
  cart.empty = #stored == 0
  for i = 1, #stored, 2 do
    local variant, quantity, price, added, changed, sku =
      string.match(stored[i + 1], '^(%d+):(%d+):(%d+):(%d+):(%d+):(.*)$')
    cart.lines[tonumber(stored[i])] = {
      variant = variant, quantity = tonumber(quantity), price = price,
      added = tonumber(added), changed = tonumber(changed), sku = sku,
    }
  end
  return cart
end

-- The line that a client names by slot and variant; nil if the slot is empty or another variant's by now.
local function line_of(cart, slot, variant)
  local line = cart.lines[slot]
  return line and line.variant == variant and line or nil
end

-- What follows is noted down, and done by close_cart: a script is not rolled back, so it may not fail halfway.
local function put(cart, slot, line)
  line.changed = cart.version + 1
  cart.lines[slot], cart.puts[slot], cart.changed = line, true, true
end

local function tick(cart, slot, bit)
  cart.ticks[slot], cart.changed = bit, true
end

-- Its tick stays: nobody asks for the tick of an empty slot, and a line that comes into it brings its own.
local function drop(cart, slot)
  cart.lines[slot], cart.puts[slot], cart.drops[slot], cart.changed = nil, nil, true, true
  cart.ticks[slot] = nil
end

-- Reads all bits with one call, as close_cart writes them; GETBIT would be one for each line.
local function read_ticks()
  local bytes = redis.call('GET', KEYS[3]) or ''
  return function(slot)
    local byte = string.byte(bytes, math.floor(slot / 8) + 1) or 0
    return int(math.floor(byte / 2 ^ (7 - slot % 8)) % 2)
  end
end

local function reply()
  local meta = redis.call('HMGET', KEYS[1], 'version', 'currency', 'updated_at', 'expires_at')
  return {'ok', meta[1], meta[2], meta[3], meta[4], redis.call('GET', KEYS[3]) or '', redis.call('HGETALL', KEYS[2])}
end

-- Whether so much of the lifetime has passed that it is worth a few writes.
local function is_due(expires)
  return expires < tonumber(ARGV[2]) - tonumber(ARGV[8])
end

-- Keeps the cart for another lifetime.
local function extend()
  redis.call('HSET', KEYS[1], 'expires_at', ARGV[2])
  for i = 1, 3 do
    redis.call('PEXPIRE', KEYS[i], ARGV[3])
  end
end

-- Writes what was noted down, if anything was; then the version rises and the channel hears of it.
local function close_cart(cart)
  -- One call for all lines: the work of a call is more than that of its line.
  local drops, puts, ticks = {}, {}, {}
  for slot in pairs(cart.drops) do
    drops[#drops + 1] = int(slot)
  end
  for slot in pairs(cart.puts) do
    local line = cart.lines[slot]
    puts[#puts + 1] = int(slot)
    puts[#puts + 1] = table.concat({
      line.variant, int(line.quantity), line.price, int(line.added), int(line.changed), line.sku}, ':')
  end
  for slot, bit in pairs(cart.ticks) do
    for _, part in ipairs({'SET', 'u1', int(slot), bit}) do
      ticks[#ticks + 1] = part
    end
  end
  if #drops > 0 then
    redis.call('HDEL', KEYS[2], unpack(drops))
  end
  if #puts > 0 then
    redis.call('HSET', KEYS[2], unpack(puts))
  end
  if #ticks > 0 then
    redis.call('BITFIELD', KEYS[3], unpack(ticks))
  end
  if cart.changed then
    redis.call('HSET', KEYS[1], 'version', int(cart.version + 1), 'updated_at', ARGV[1])
    redis.call('PUBLISH', ARGV[5], int(cart.version + 1))
  end
  -- A hash that was empty is a new key, which would live for ever.
  if cart.empty or is_due(cart.expires) then
    extend()
  end
  return reply()
end
