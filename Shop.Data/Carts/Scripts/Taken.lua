-- Reads a cart that has taken in another one.
-- KEYS[4] mark   see TakeIn.lua
-- Returns the cart (see Cart.lua), or {'not-found'} where it has not, or is gone.
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('EXISTS', KEYS[4]) == 0 then
  return {'not-found'}
end
return reply()
