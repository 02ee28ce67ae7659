-- What all cart scripts share; stands before each of them. A cart is one hash, and a script changes it with one HSET: where a
-- log ends in the middle, as the embedded server's may after a kill, a change is there as a whole, or not at all.
-- KEYS[1] cart    hash:
--   version, currency, updated_at, expires_at   the times in ms since 1970
--   ticks         bitmap: the bit of a slot is 1 where its line is ticked
--   owner         once it is a customer's
--   merged_into   the cart that it is closed for; '' once it is open again
--   took:{cart}   the version at which that cart was taken into this one
--   codes         what the shopper has typed for promotions, with a blank between two
--   destination   where it goes: country:region:postal code, of which the last two may be empty
--   shipping      how it goes: the number of a shipping method
--   calls         the last calls that had an idempotency key: the key's 16 bytes, and 8 of a hash of what was asked; and so on
--   0..199        a slot: variant:quantity:seen price:added:changed:sku, the last numbers but one are versions; '' once it is free
-- ARGV[1] now, ARGV[2] expiry   ms since 1970
-- ARGV[3] lifetime              ms
-- ARGV[4] if version            the version that the cart must have, or ''
-- ARGV[5] channel               hears the version after each change
-- ARGV[6], ARGV[7]              most lines, most of one variant
-- ARGV[8] extend after          ms of the lifetime that may pass before it is extended: most changes need not
-- ARGV[9], ARGV[10]             idempotency key and hash, as in calls; or ''
-- ARGV[11]                      most codes
-- Returns {status, whole number} where the verb was refused, else {'ok', {field, value, field, value, ...}}: the hash after it.
-- Ids and prices stay text: they can be larger than a Lua number is exact.
local most_lines, most_units, most_codes = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[11])
local FIRST = 12 -- ARGV from here on are the verb's own
local CALL, CALLS_KEPT = 24, 50 -- bytes of a call; a client that was away sends fewer

local unpack = table.unpack or unpack -- Lua 5.4 and 5.1

local function int(number)
  return string.format('%d', number)
end

local function reply()
  return {'ok', redis.call('HGETALL', KEYS[1])}
end

local function is_open(version, merged_into)
  return version and (merged_into or '') == ''
end

-- Whether so much of the lifetime has passed that it is worth two writes.
local function is_due(expires_at)
  return tonumber(expires_at) < tonumber(ARGV[2]) - tonumber(ARGV[8])
end

-- What the call with this key is answered, if it was made before: the cart as it is, or that the key was used for something
-- else; nil where it is new.
local function answer_of(calls)
  for i = 1, #calls, CALL do
    if string.sub(calls, i, i + 15) == ARGV[9] then
      return string.sub(calls, i + 16, i + CALL - 1) == ARGV[10] and reply() or {'key', 0}
    end
  end
end

-- Reads the cart. Returns nil and the answer where there is none, where the call was made before, or at another version than
-- asked for.
local function open_cart()
  local meta, lines = {}, {}
  local stored = redis.call('HGETALL', KEYS[1])
  for i = 1, #stored, 2 do
    local slot = tonumber(stored[i])
    if not slot then
      meta[stored[i]] = stored[i + 1]
    elseif stored[i + 1] ~= '' then
      local variant, quantity, price, added, changed, sku =
        string.match(stored[i + 1], '^(%d+):(%d+):(%d+):(%d+):(%d+):(.*)$')
      lines[slot] = {
        variant = variant, quantity = tonumber(quantity), price = price,
        added = tonumber(added), changed = tonumber(changed), sku = sku,
      }
    end
  end
  if not is_open(meta.version, meta.merged_into) then
    return nil, {'not-found'}
  end
  local answer = answer_of(meta.calls or '')
  if answer then
    return nil, answer
  end
  if ARGV[4] ~= '' and ARGV[4] ~= meta.version then
    return nil, {'version', meta.version}
  end
  return {
    version = tonumber(meta.version), currency = meta.currency, ticks = meta.ticks, lines = lines,
    meta = meta, puts = {}, sets = {}, changed = false, due = is_due(meta.expires_at), calls = meta.calls or '', codes = meta.codes or '',
  }
end

-- The line that a client names by slot and variant; nil if the slot is free or another variant's by now.
local function line_of(cart, slot, variant)
  local line = cart.lines[slot]
  return line and line.variant == variant and line or nil
end

-- What follows is noted down, and done by close_cart: a script is not rolled back, so it may not fail halfway.
local function put(cart, slot, line)
  line.changed = cart.version + 1
  cart.lines[slot], cart.puts[slot], cart.changed = line, true, true
end

-- Its tick stays: no client asks for the tick of a free slot, and a line that comes into it brings its own.
local function drop(cart, slot)
  cart.lines[slot], cart.puts[slot], cart.changed = nil, true, true
end

-- Puts a code at the end, if there is room and it is not there. Returns whether it is there now.
local function add_code(cart, code)
  if string.find(' ' .. cart.codes .. ' ', ' ' .. code .. ' ', 1, true) then
    return true
  end
  local _, count = string.gsub(cart.codes, '%S+', '')
  if count >= most_codes then
    return false
  end
  cart.codes, cart.recoded, cart.changed = cart.codes .. (count > 0 and ' ' or '') .. code, true, true
  return true
end

-- Takes a code out; one that is not there is no error.
local function drop_code(cart, code)
  local kept = {}
  for one in string.gmatch(cart.codes, '%S+') do
    if one ~= code then
      kept[#kept + 1] = one
    end
  end
  local codes = table.concat(kept, ' ')
  if codes ~= cart.codes then
    cart.codes, cart.recoded, cart.changed = codes, true, true
  end
end

-- Sets a field that is what the shopper has said last; '' for nothing.
local function set_field(cart, field, value)
  if (cart.meta[field] or '') ~= value then
    cart.meta[field], cart.sets[field], cart.changed = value, value, true
  end
end

-- The tick of a slot, '1' or '0'.
local function bit_of(cart, slot)
  local byte = string.byte(cart.ticks, math.floor(slot / 8) + 1) or 0
  return int(math.floor(byte / 2 ^ (7 - slot % 8)) % 2)
end

local function tick(cart, slot, bit)
  if bit_of(cart, slot) == bit then
    return
  end
  local at, value = math.floor(slot / 8), 2 ^ (7 - slot % 8)
  local ticks = cart.ticks .. string.rep('\0', at + 1 - #cart.ticks)
  local byte = string.byte(ticks, at + 1) + (bit == '1' and value or -value)
  cart.ticks = string.sub(ticks, 1, at) .. string.char(byte) .. string.sub(ticks, at + 2)
  cart.changed = true
end

-- Writes what was noted down, if anything was, and more fields of the verb's own; after a change the version rises and the
-- channel hears of it.
local function close_cart(cart, ...)
  local fields = {...}
  local function set(field, value)
    fields[#fields + 1], fields[#fields + 2] = field, value
  end
  for slot in pairs(cart.puts) do
    local line = cart.lines[slot]
    set(int(slot), line and table.concat({
      line.variant, int(line.quantity), line.price, int(line.added), int(line.changed), line.sku}, ':') or '')
  end
  for field, value in pairs(cart.sets) do
    set(field, value)
  end
  if cart.changed then
    set('ticks', cart.ticks)
    if cart.recoded then
      set('codes', cart.codes)
    end
    set('version', int(cart.version + 1))
    set('updated_at', ARGV[1])
  end
  if cart.due then
    set('expires_at', ARGV[2])
  end
  if ARGV[9] ~= '' then
    set('calls', string.sub(cart.calls .. ARGV[9] .. ARGV[10], -CALL * CALLS_KEPT))
  end
  if #fields > 0 then
    redis.call('HSET', KEYS[1], unpack(fields))
  end
  if cart.due then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
  end
  if cart.changed then
    redis.call('PUBLISH', ARGV[5], int(cart.version + 1))
  end
  return reply()
end
