-- Removes consumers that hold nothing and have not been heard of for a while. Redis forgets the pending entries of a
-- deleted consumer, so whether it holds any is asked in the same step that deletes it. Where a stream or its group is
-- gone, there is nothing to do.
--
-- KEYS     the streams
-- ARGV     group, milliseconds of silence
-- Returns  how many were removed, counted on each stream
local removed = 0
for index = 1, #KEYS do
    local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[index], ARGV[1])
    for _, consumer in ipairs(consumers) do
        local about = {}
        for field = 1, #consumer, 2 do
            about[consumer[field]] = consumer[field + 1]
        end
        if about.pending == 0 and about.idle >= tonumber(ARGV[2]) then
            redis.call('XGROUP', 'DELCONSUMER', KEYS[index], ARGV[1], about.name)
            removed = removed + 1
        end
    end
end
return removed
