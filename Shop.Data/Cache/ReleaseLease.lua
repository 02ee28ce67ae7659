-- Gives leases back: those that are still the node's own.
-- KEYS     {shop}:l1:<kind>:<key>, one or more
-- ARGV[1]  the node
-- Returns how many were.
local released = 0
for i = 1, #KEYS do
  if redis.call('GET', KEYS[i]) == ARGV[1] then
    redis.call('DEL', KEYS[i])
    released = released + 1
  end
end
return released
