-- Puts variants into a cart; new lines are ticked.
-- ARGV[12...]   variants: see Fill.lua
-- Returns the cart (see Cart.lua), {'not-found'}, {'version', current} or a refusal of Fill.lua.
local cart, refused = open_cart()
if not cart then
  return refused
end
return fill(cart, FIRST, false) or close_cart(cart)
