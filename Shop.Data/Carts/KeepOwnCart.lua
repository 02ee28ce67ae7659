-- Notes which cart is a customer's own, unless another node has noted another one in between.
-- KEYS[1] own      cart:{customer-N}:own   string: the cart
-- ARGV[1] before   the cart that was noted when the caller looked, or ''
-- ARGV[2] cart     the one that is noted now
-- ARGV[3] lifetime, in milliseconds
-- Returns 1 where it was noted, else 0.
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
