-- Takes an attempt of one who may be guessing. After the free ones each has to wait: a second, and twice as long each time.
-- KEYS[1] attempts  attempts:{of whom}   hash: count, last (ms since 1970); forgotten a window after the longest wait
-- ARGV[1] now, in milliseconds
-- ARGV[2] window, in milliseconds: the longest wait
-- ARGV[3] the free attempts, a whole number > 0
-- Returns 0 where one was taken, else when the next can be.
local found = redis.call('HMGET', KEYS[1], 'count', 'last')
local count, now, window = tonumber(found[1] or '0'), tonumber(ARGV[1]), tonumber(ARGV[2])
local over = count - tonumber(ARGV[3])
if over >= 0 then
    -- A clock that was set back makes nobody wait longer.
    local last = math.min(tonumber(found[2] or '0'), now)
    local next = last + math.min(1000 * 2 ^ math.min(over, 30), window)
    if now < next then
        return string.format('%.0f', next)
    end
end
redis.call('HSET', KEYS[1], 'count', string.format('%d', count + 1), 'last', ARGV[1])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', 2 * window))
return '0'
