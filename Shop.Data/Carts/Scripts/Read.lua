-- Reads a cart; once a day that also keeps it for another lifetime, so that reading stays cheap.
-- Returns the cart (see Cart.lua) or {'not-found'}.
local version, into, expires_at = unpack(redis.call('HMGET', KEYS[1], 'version', 'merged_into', 'expires_at'))
if not is_open(version, into) then
  return {'not-found'}
end
if is_due(expires_at) then
  redis.call('HSET', KEYS[1], 'expires_at', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return reply()
