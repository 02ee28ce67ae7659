-- Opens a closed cart again, because the other one did not take its lines.
-- ARGV[12] the other cart
-- Returns the cart (see Cart.lua), or {'not-found'} where there is none that is closed for that cart.
local version, into = unpack(redis.call('HMGET', KEYS[1], 'version', 'merged_into'))
if into ~= ARGV[FIRST] then
  return {'not-found'}
end
version = int(tonumber(version) + 1)
redis.call('HSET', KEYS[1], 'merged_into', '', 'version', version)
redis.call('PUBLISH', ARGV[5], version)
return reply()
