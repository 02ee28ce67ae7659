-- Takes lines out; one that is gone already is no error.
-- ARGV[12...]   two each: slot, variant
-- Returns the cart (see Cart.lua), {'not-found'} or {'version', current}.
local cart, refused = open_cart()
if not cart then
  return refused
end
for i = FIRST, #ARGV, 2 do
  local slot = tonumber(ARGV[i])
  if line_of(cart, slot, ARGV[i + 1]) then
    drop(cart, slot)
  end
end
return close_cart(cart)
