-- Deletes a cart whose lines are in another one by now.
-- ARGV[9] the other cart
-- ARGV[10] version at which this one was closed
-- Returns {'not-found'}: there is no such cart any more, or it is not closed for that one.
local meta = redis.call('HMGET', KEYS[1], 'version', 'merged_into')
if meta[1] == ARGV[FIRST + 1] and meta[2] == ARGV[FIRST] then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
end
return {'not-found'}
