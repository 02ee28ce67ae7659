-- Opens a closed cart again, because the other one did not take its lines.
-- ARGV[9] the other cart
-- Returns the cart (see Cart.lua), or {'not-found'} where there is none that is closed for that cart.
if redis.call('HGET', KEYS[1], 'merged_into') ~= ARGV[FIRST] then
  return {'not-found'}
end
redis.call('HDEL', KEYS[1], 'merged_into')
redis.call('PUBLISH', ARGV[5], int(redis.call('HINCRBY', KEYS[1], 'version', 1)))
return reply()
