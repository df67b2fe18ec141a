-- Deletes a consumer that holds nothing. Redis forgets the pending entries of a deleted consumer, so one that still
-- holds some must stay until others have taken them over.
--
-- KEYS     the streams
-- ARGV     group, consumer
-- Returns  on how many streams it was deleted
local deleted = 0
for index = 1, #KEYS do
    if redis.call('EXISTS', KEYS[index]) == 1
            and #redis.call('XPENDING', KEYS[index], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[index], ARGV[1], ARGV[2])
        deleted = deleted + 1
    end
end
return deleted
