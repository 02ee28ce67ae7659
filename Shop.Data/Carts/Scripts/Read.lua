-- Reads a cart; once a day that also keeps it for another lifetime, so that reading stays cheap.
-- Returns the cart (see Cart.lua) or {'not-found'}.
local meta = redis.call('HMGET', KEYS[1], 'version', 'merged_into', 'expires_at')
if not meta[1] or meta[2] then
  return {'not-found'}
end
if is_due(tonumber(meta[3])) then
  extend()
end
return reply()
