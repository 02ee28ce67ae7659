-- Deletes a cart whose lines are in another one by now.
-- ARGV[12] the other cart
-- ARGV[13] version at which this one was closed
-- Returns {'not-found'}: there is no such cart any more, or it is not closed for that one.
local version, into = unpack(redis.call('HMGET', KEYS[1], 'version', 'merged_into'))
if version == ARGV[FIRST + 1] and into == ARGV[FIRST] then
  redis.call('DEL', KEYS[1])
end
return {'not-found'}
