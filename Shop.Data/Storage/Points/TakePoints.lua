-- Takes points of a rule that all nodes share, as many as there are up to what is wanted, by the clock of Redis. One number is
-- remembered: when all that was taken will have come in again (GCRA).
-- KEYS[1] rule   points:{rule}        hash: full (µs since 1970), and where it warms up: last, warm (µs since 1970); forgotten when full
-- KEYS[2] nodes  points:{rule}:nodes  sorted set: who took, by when (ms since 1970); ten seconds
-- ARGV[1] points wanted, a whole number > 0
-- ARGV[2] points that come in a second, > 0
-- ARGV[3] the most that can be there, >= 1
-- ARGV[4] how long it warms up, from a third, after nobody took for as long: µs; 0 where it does not
-- ARGV[5] who takes
-- Returns { points taken, µs until there is one more or 0, nodes that took }
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local wanted, rate, most, warmup = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local found = redis.call('HMGET', KEYS[1], 'full', 'last', 'warm')
local full, last, warm = tonumber(found[1] or '0'), tonumber(found[2] or '0'), tonumber(found[3] or '0')
local share = 1
if warmup > 0 then
    if now - last > warmup then
        warm = now
    end
    share = (1 + 2 * math.min(1, (now - warm) / warmup)) / 3
end
local each = 1000000 / (rate * share)
-- What comes in while it fills: the slower it comes, the less can be there.
local room = most * 1000000 / rate
full = math.max(full, now)
local there = math.floor((now + room - full) / each + 0.000001)
local taken = math.max(0, math.min(wanted, there))
full = full + taken * each
local wait = 0
if taken < wanted then
    wait = math.max(1, math.ceil(full + each - room - now))
end
redis.call('HSET', KEYS[1], 'full', string.format('%.0f', full), 'last', string.format('%.0f', now), 'warm', string.format('%.0f', warm))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil((full - now + warmup) / 1000) + 1000))
local ms = string.format('%.0f', now / 1000)
redis.call('ZADD', KEYS[2], ms, ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now / 1000 - 10000))
redis.call('PEXPIRE', KEYS[2], '10000')
return { taken, wait, redis.call('ZCARD', KEYS[2]) }
