-- Deletes a consumer that holds nothing. Redis forgets the pending entries of a deleted consumer, so one that still
-- holds some must stay until others have taken them over. Where the stream or the group is gone, so is the consumer.
--
-- KEYS     the streams
-- ARGV     group, consumer
-- Returns  on how many streams it was deleted
local deleted = 0
for index = 1, #KEYS do
    local pending = redis.pcall('XPENDING', KEYS[index], ARGV[1], '-', '+', 1, ARGV[2])
    if not pending.err and #pending == 0 then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[index], ARGV[1], ARGV[2])
        deleted = deleted + 1
    end
end
return deleted
