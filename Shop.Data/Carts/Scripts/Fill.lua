-- What one costs of so many units: '10=90 1=100' is 90 each from ten units on, 100 from one on; a mere number is so for any.
local function price_of(prices, units)
  for least, price in string.gmatch(prices, '(%d+)=(%d+)') do
    if units >= tonumber(least) then
      return price
    end
  end
  return prices
end

-- Puts variants into a cart; stands between Cart.lua and the verbs that do so.
-- ARGV from first on, six each: variant, units (> 0), price now (minor units), its currency, sku, tick of a new line
-- ('1' or '0'). A variant that is there already gets the units and the price; its tick stays as it is. The price
-- may depend on the units: see price_of.
-- With capped, units past the most of one variant are left out; without, they refuse the whole.
-- Returns nil, or the refusal: {'too-many-lines', index of the variant from 0}, {'too-large', index} or
-- {'currency', index} where the price is not in the cart's.
local function fill(cart, first, capped)
  local slots, count, free = {}, 0, 0
  for slot, line in pairs(cart.lines) do
    slots[line.variant], count = slot, count + 1
  end
  for i = first, #ARGV, 6 do
    local variant, index = ARGV[i], int((i - first) / 6)
    if ARGV[i + 3] ~= cart.currency then
      return {'currency', index}
    end
    local slot = slots[variant]
    local line = cart.lines[slot or -1]
    if not line then
      if count == most_lines then
        return {'too-many-lines', index}
      end
      while cart.lines[free] do
        free = free + 1
      end
      slot, line = free, {variant = variant, quantity = 0, added = cart.version + 1, sku = ARGV[i + 4]}
      slots[variant], count = slot, count + 1
      tick(cart, slot, ARGV[i + 5])
    end
    local quantity = line.quantity + tonumber(ARGV[i + 1])
    if quantity > most_units then
      if not capped then
        return {'too-large', index}
      end
      quantity = most_units
    end
    line.quantity, line.price = quantity, price_of(ARGV[i + 2], quantity)
    put(cart, slot, line)
  end
end
