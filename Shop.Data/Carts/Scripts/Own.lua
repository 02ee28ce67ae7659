-- Notes whose a cart is, once and for all; its version stays.
-- ARGV[12] owner   a customer's number
-- Returns the cart (see Cart.lua), {'not-found'}, or {'owned', 0} where it is another customer's.
local version, into, owner = unpack(redis.call('HMGET', KEYS[1], 'version', 'merged_into', 'owner'))
if not is_open(version, into) then
  return {'not-found'}
end
if owner and owner ~= ARGV[FIRST] then
  return {'owned', 0}
end
if not owner then
  redis.call('HSET', KEYS[1], 'owner', ARGV[FIRST])
end
return reply()
