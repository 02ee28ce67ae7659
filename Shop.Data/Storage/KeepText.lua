-- Keeps a text for all nodes. What nobody has used for a lifetime goes, and past the capacity what was used longest ago.
-- KEYS[1] texts  texts:{name}       hash: key, text
-- KEYS[2] used   texts:{name}:used  sorted set: key, when it was last used (one hash tag: safe on a cluster)
-- ARGV[1] key
-- ARGV[2] text
-- ARGV[3] now, in milliseconds
-- ARGV[4] capacity, a whole number > 0
-- ARGV[5] lifetime, in milliseconds
-- Returns how many are kept now.
local function forget(keys)
    for _, key in ipairs(keys) do
        redis.call('HDEL', KEYS[1], key)
        redis.call('ZREM', KEYS[2], key)
    end
end

redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
local dead = string.format('%.0f', tonumber(ARGV[3]) - tonumber(ARGV[5]))
forget(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', dead))
local over = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[4])
if over > 0 then
    forget(redis.call('ZRANGE', KEYS[2], 0, over - 1))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return redis.call('ZCARD', KEYS[2])
