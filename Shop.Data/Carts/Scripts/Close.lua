-- Closes a cart because its lines go into another: from now on it is as if it were gone, for everyone but the merge.
-- ARGV[12] the other cart
-- Returns the cart (see Cart.lua), also when it was closed for that cart before; or {'not-found'} where there is none
-- or it was closed for another one.
local version, into = unpack(redis.call('HMGET', KEYS[1], 'version', 'merged_into'))
if is_open(version, into) then
  version = int(tonumber(version) + 1)
  redis.call('HSET', KEYS[1], 'merged_into', ARGV[FIRST], 'version', version, 'updated_at', ARGV[1])
  redis.call('PUBLISH', ARGV[5], version)
elseif into ~= ARGV[FIRST] then
  return {'not-found'}
end
return reply()
