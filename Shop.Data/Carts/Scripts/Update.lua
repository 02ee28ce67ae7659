-- Sets the quantity of lines, and the price that the shopper has now seen.
-- ARGV[12...]   four each: slot, variant, quantity (0 removes the line), price now (minor units)
-- Returns the cart (see Cart.lua), {'not-found'}, {'version', current}, {'line', index} where that line is not there,
-- or {'too-large', index}.
local cart, refused = open_cart()
if not cart then
  return refused
end
for i = FIRST, #ARGV, 4 do
  local slot, quantity = tonumber(ARGV[i]), tonumber(ARGV[i + 2])
  local line = line_of(cart, slot, ARGV[i + 1])
  if not line then
    return {'line', int((i - FIRST) / 4)}
  end
  if quantity > most_units then
    return {'too-large', int((i - FIRST) / 4)}
  end
  if quantity == 0 then
    drop(cart, slot)
  elseif line.quantity ~= quantity or line.price ~= ARGV[i + 3] then
    line.quantity, line.price = quantity, ARGV[i + 3]
    put(cart, slot, line)
  end
end
return close_cart(cart)
