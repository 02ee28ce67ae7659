-- Takes the ticked lines out that have not changed since a version, the version that was ordered; and the codes, if
-- nothing has changed since.
-- ARGV[12] that version
-- Returns the cart (see Cart.lua) or {'not-found'}.
local cart, refused = open_cart()
if not cart then
  return refused
end
local ordered = tonumber(ARGV[FIRST])
for slot, line in pairs(cart.lines) do
  if line.changed <= ordered and bit_of(cart, slot) == '1' then
    drop(cart, slot)
  end
end
if cart.version == ordered then
  for code in string.gmatch(cart.codes, '%S+') do
    drop_code(cart, code)
  end
end
return close_cart(cart)
