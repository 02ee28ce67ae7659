-- Raises floors: entries that show less are not used from now on, and none is kept.
-- KEYS      {shop}:f1:<subject>, one or more
-- ARGV[1] floor
-- ARGV[2] milliseconds they are remembered: longer than any entry
-- Returns how many were lower.
local raised = 0
for i = 1, #KEYS do
  if tonumber(redis.call('GET', KEYS[i]) or '0') < tonumber(ARGV[1]) then
    redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
    raised = raised + 1
  end
end
return raised
