-- Takes out what the shopper has typed for a promotion; what is not there is no error.
-- ARGV[12] the code: capitals and digits
-- Returns the cart (see Cart.lua), {'not-found'} or {'version', current}.
local cart, refused = open_cart()
if not cart then
  return refused
end
drop_code(cart, ARGV[FIRST])
return close_cart(cart)
