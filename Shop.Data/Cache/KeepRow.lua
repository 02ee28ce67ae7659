-- Keeps a row, unless it is older than a change of it, or than the row that is kept.
-- KEYS[1] entry   {shop}:e1:<kind>:<key>
-- KEYS[2..]       floors of what changes it: {shop}:f1:<subject>
-- ARGV[1] version  it shows all changes up to this one
-- ARGV[2] ceiling  and no later one; the entry begins with both, 8 bytes each, the high one first
-- ARGV[3] entry
-- ARGV[4] milliseconds it is kept
-- Returns 0 where it is kept; the floor that it does not reach; -1 where a newer one is kept.
local floor = 0
for i = 2, #KEYS do
  floor = math.max(floor, tonumber(redis.call('GET', KEYS[i]) or '0'))
end
if tonumber(ARGV[1]) < floor then
  return floor
end
local kept = redis.call('GETRANGE', KEYS[1], 8, 15)
if #kept == 8 then
  local ceiling = 0
  for i = 1, 8 do
    ceiling = ceiling * 256 + string.byte(kept, i)
  end
  if tonumber(ARGV[2]) < ceiling then
    return -1
  end
end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
return 0
