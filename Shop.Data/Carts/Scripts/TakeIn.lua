-- Puts a closed cart's lines into this one, once. Quantities of the same variant add up, to the most that is allowed;
-- a new line brings its tick, one that is there keeps its own. Its codes come along, as far as there is room,
-- and where and how it goes, unless this one says so.
-- ARGV[12] the other cart
-- ARGV[13] its version, when it was closed
-- ARGV[14] its codes, with a blank between two
-- ARGV[15] where it goes, as in Cart.lua
-- ARGV[16] how it goes, as in Cart.lua
-- ARGV[17...]  its lines: see Fill.lua
-- Returns the cart (see Cart.lua), {'not-found'}, {'version', current}, {'currency', index} or {'too-many-lines', index}.
local took = 'took:' .. ARGV[FIRST]
if redis.call('HGET', KEYS[1], took) == ARGV[FIRST + 1] then
  return reply()
end
local cart, refused = open_cart()
if not cart then
  return refused
end
refused = fill(cart, FIRST + 5, true)
if refused then
  return refused
end
for code in string.gmatch(ARGV[FIRST + 2], '%S+') do
  add_code(cart, code)
end
for i, field in ipairs({'destination', 'shipping'}) do
  if (cart.meta[field] or '') == '' then
    set_field(cart, field, ARGV[FIRST + 2 + i])
  end
end
return close_cart(cart, took, ARGV[FIRST + 1])
