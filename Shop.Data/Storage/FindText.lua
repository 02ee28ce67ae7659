-- Finds a text that KeepText.lua has kept, and notes that it was used.
-- KEYS[1] texts  texts:{name}
-- KEYS[2] used   texts:{name}:used
-- ARGV[1] key
-- ARGV[2] now, in milliseconds
-- ARGV[3] lifetime, in milliseconds
-- Returns the text; nil where it is not kept, or not any more.
local at = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not at or tonumber(at) <= tonumber(ARGV[2]) - tonumber(ARGV[3]) then
    return false
end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return redis.call('HGET', KEYS[1], ARGV[1])
