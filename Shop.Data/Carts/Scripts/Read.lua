-- Reads a cart; once a day that also keeps it for another lifetime, so that reading stays cheap.
-- ARGV[8] how much of the lifetime may pass before it is extended, ms
-- Returns the cart (see Cart.lua) or {'not-found'}.
local meta = redis.call('HMGET', KEYS[1], 'version', 'merged_into')
if not meta[1] or meta[2] then
  return {'not-found'}
end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) - tonumber(ARGV[FIRST]) then
  extend()
end
return reply()
