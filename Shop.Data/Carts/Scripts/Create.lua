-- Makes a cart, with what is put into it at once; or answers the one that was made by the same call.
-- ARGV[12] currency   ISO 4217
-- ARGV[13...] variants: see Fill.lua
-- Returns the cart (see Cart.lua), or a refusal of Fill.lua; then there is none. Of a cart that was made before also
-- {'not-found'} where it has gone into another one, or {'key', 0} where it was made by another call.
if redis.call('EXISTS', KEYS[1]) == 1 then
  local _, answer = open_cart()
  return answer or reply()
end
local cart = {
  version = 0, currency = ARGV[FIRST], ticks = '', lines = {}, puts = {}, sets = {}, changed = true, due = true, calls = '', codes = '',
}
local refused = fill(cart, FIRST + 1, false)
if refused then
  return refused
end
return close_cart(cart, 'currency', cart.currency)
