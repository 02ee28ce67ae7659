-- Says where the cart goes.
-- ARGV[12] the place, as in Cart.lua
-- Returns the cart (see Cart.lua), {'not-found'} or {'version', current}.
local cart, refused = open_cart()
if not cart then
  return refused
end
set_field(cart, 'destination', ARGV[FIRST])
return close_cart(cart)
