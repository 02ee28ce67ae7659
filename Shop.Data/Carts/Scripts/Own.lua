-- Notes whose a cart is, once and for all; its version stays.
-- ARGV[9] owner   a customer's number
-- Returns the cart (see Cart.lua), {'not-found'}, or {'owned', 0} where it is somebody else's.
local meta = redis.call('HMGET', KEYS[1], 'version', 'merged_into', 'owner')
if not meta[1] or meta[2] then
  return {'not-found'}
end
if meta[3] and meta[3] ~= ARGV[FIRST] then
  return {'owned', 0}
end
if not meta[3] then
  redis.call('HSET', KEYS[1], 'owner', ARGV[FIRST])
end
return reply()
