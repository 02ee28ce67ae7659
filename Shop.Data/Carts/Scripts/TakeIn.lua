-- Puts a closed cart's lines into this one, once. Quantities of the same variant add up, to the most that is allowed;
-- a new line brings its tick, one that is there keeps its own.
-- KEYS[4] mark      string: the version at which the other cart was taken in; lives as long as a cart does
-- ARGV[9] version   of the other cart, when it was closed
-- ARGV[10...]        its lines: see Fill.lua
-- Returns the cart (see Cart.lua), {'not-found'}, {'version', current}, {'currency', index} or {'too-many-lines', index}.
if redis.call('GET', KEYS[4]) == ARGV[FIRST] then
  return reply()
end
local cart, refused = open_cart()
if not cart then
  return refused
end
refused = fill(cart, FIRST + 1, true)
if refused then
  return refused
end
redis.call('SET', KEYS[4], ARGV[FIRST], 'PX', ARGV[3])
return close_cart(cart)
