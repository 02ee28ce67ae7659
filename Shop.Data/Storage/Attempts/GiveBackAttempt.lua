-- Gives back an attempt that was none: see TakeAttempt.lua.
-- KEYS[1] attempts  attempts:{of whom}
-- Returns 1 where one was given back, else 0.
local count = redis.call('HGET', KEYS[1], 'count')
if not count or tonumber(count) <= 0 then
    return 0
end
redis.call('HINCRBY', KEYS[1], 'count', -1)
return 1
