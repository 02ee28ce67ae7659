-- Puts in what the shopper has typed for a promotion; what is there already is no error.
-- ARGV[12] the code: capitals and digits
-- Returns the cart (see Cart.lua), {'not-found'}, {'version', current} or {'too-many-codes', 0}.
local cart, refused = open_cart()
if not cart then
  return refused
end
if not add_code(cart, ARGV[FIRST]) then
  return {'too-many-codes', 0}
end
return close_cart(cart)
