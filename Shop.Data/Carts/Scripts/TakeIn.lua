-- Puts a closed cart's lines into this one, once. Quantities of the same variant add up, to the most that is allowed;
-- a new line brings its tick, one that is there keeps its own.
-- ARGV[11] the other cart
-- ARGV[12] its version, when it was closed
-- ARGV[13...]  its lines: see Fill.lua
-- Returns the cart (see Cart.lua), {'not-found'}, {'version', current}, {'currency', index} or {'too-many-lines', index}.
local took = 'took:' .. ARGV[FIRST]
if redis.call('HGET', KEYS[1], took) == ARGV[FIRST + 1] then
  return reply()
end
local cart, refused = open_cart()
if not cart then
  return refused
end
refused = fill(cart, FIRST + 2, true)
if refused then
  return refused
end
return close_cart(cart, took, ARGV[FIRST + 1])
