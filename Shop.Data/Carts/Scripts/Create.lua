-- Makes a cart, with what is put into it at once.
-- ARGV[9] currency   ISO 4217
-- ARGV[10...]         variants: see Fill.lua
-- Returns the cart (see Cart.lua), or a refusal of Fill.lua; then there is none.
local cart = {
  version = 0, currency = ARGV[FIRST], ticks = '', lines = {}, puts = {}, changed = true, due = true,
}
local refused = fill(cart, FIRST + 1, false)
if refused then
  return refused
end
return close_cart(cart, 'currency', cart.currency)
