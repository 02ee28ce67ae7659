-- Ticks or unticks lines.
-- ARGV[12]      '1' ticks, '0' unticks
-- ARGV[13]      'all', or 'these': the lines that follow
-- ARGV[14...]  two each: slot, variant
-- Returns the cart (see Cart.lua), {'not-found'}, {'version', current} or {'line', index} where that line is not there.
local cart, refused = open_cart()
if not cart then
  return refused
end
local bit, slots = ARGV[FIRST], {}
for i = FIRST + 2, #ARGV, 2 do
  local slot = tonumber(ARGV[i])
  if not line_of(cart, slot, ARGV[i + 1]) then
    return {'line', int((i - FIRST - 2) / 2)}
  end
  slots[slot] = true
end
if ARGV[FIRST + 1] == 'all' then
  slots = cart.lines
end
for slot in pairs(slots) do
  if bit_of(cart, slot) ~= bit then
    tick(cart, slot, bit)
    put(cart, slot, cart.lines[slot])
  end
end
return close_cart(cart)
