-- Takes over entries that their consumers have neither acknowledged nor renewed for a while. Entries that were deleted
-- while pending name no job any more and are acknowledged on the spot (Redis 6.2 claims them as nil, 7 drops them).
--
-- KEYS     the streams, the most urgent first
-- ARGV     group, consumer, milliseconds of idleness, the most entries
-- Returns  a list of {index of the stream (from 1), entry id, value of the first field or ""}
-- Errors   NOGROUP when a stream or its group is gone
local taken = {}
for index = 1, #KEYS do
    local room = tonumber(ARGV[4]) - #taken
    if room > 0 then
        local pending = redis.call('XPENDING', KEYS[index], ARGV[1], 'IDLE', ARGV[3], '-', '+', room)
        for _, held in ipairs(pending) do
            local entry = redis.call('XCLAIM', KEYS[index], ARGV[1], ARGV[2], ARGV[3], held[1])[1]
            if entry and entry[2] then
                taken[#taken + 1] = {index, entry[1], entry[2][2] or ''}
            else
                redis.call('XACK', KEYS[index], ARGV[1], held[1])
            end
        end
    end
end
return taken
