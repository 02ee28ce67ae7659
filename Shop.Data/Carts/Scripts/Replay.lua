-- Reads a cart if the call with this key was made before; else changes nothing, too.
-- Returns the cart (see Cart.lua), {'key', 0} where the key was used for something else, or {'not-found'}.
local _, answer = open_cart()
return answer or {'not-found'}
