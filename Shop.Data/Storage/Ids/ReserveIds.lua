-- Takes a block of numbers off a counter.
-- KEYS[1] the counter: the first number that is free
-- ARGV[1] the least the block may begin with
-- ARGV[2] how many numbers it holds
-- Returns the first number of the block, which no other call gets.
local first = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), tonumber(ARGV[1]))
redis.call('SET', KEYS[1], string.format('%.0f', first + ARGV[2]))
return first
