-- Takes one of the attempts that a window has. The window begins with its first attempt.
-- KEYS[1] attempts  attempts:{of whom}   hash: count, ends (ms since 1970); forgotten when nobody tries for a window
-- ARGV[1] now, in milliseconds
-- ARGV[2] window, in milliseconds
-- ARGV[3] the most attempts of a window, a whole number > 0
-- Returns 0 where one was taken, else when the window ends.
local found = redis.call('HMGET', KEYS[1], 'count', 'ends')
local count, ends = tonumber(found[1] or '0'), found[2]
if not ends or tonumber(ends) <= tonumber(ARGV[1]) then
    count, ends = 0, string.format('%.0f', tonumber(ARGV[1]) + tonumber(ARGV[2]))
end
if count >= tonumber(ARGV[3]) then
    return ends
end
redis.call('HSET', KEYS[1], 'count', string.format('%d', count + 1), 'ends', ends)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return '0'
