-- Reads a cart that has taken in another one.
-- ARGV[12] the other cart
-- Returns the cart (see Cart.lua), or {'not-found'} where it has not, or is gone.
if redis.call('HEXISTS', KEYS[1], 'took:' .. ARGV[FIRST]) == 0 then
  return {'not-found'}
end
return reply()
