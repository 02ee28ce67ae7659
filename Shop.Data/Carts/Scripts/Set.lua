-- Says where the cart goes, or how.
-- ARGV[12] destination or shipping
-- ARGV[13] as in Cart.lua; '' for nothing
-- Returns the cart (see Cart.lua), {'not-found'} or {'version', current}.
local cart, refused = open_cart()
if not cart then
  return refused
end
set_field(cart, ARGV[FIRST], ARGV[FIRST + 1])
return close_cart(cart)
