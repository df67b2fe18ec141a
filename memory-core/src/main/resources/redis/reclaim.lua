-- Takes over entries that their consumers have neither acknowledged nor renewed for a while: first each stream's share,
-- then, where a stream had fewer, more from the others in the order of the keys. Entries that were deleted while pending
-- name no job any more and are acknowledged on the spot (Redis 6.2 claims them as nil, 7 drops them).
--
-- KEYS     the streams, the most urgent first
-- ARGV     group, consumer, milliseconds of idleness, then one share for each stream
-- Returns  a list of {index of the stream (from 1), entry id, value of the first field or ""}
-- Errors   NOGROUP when a stream or its group is gone
local taken = {}
local from = {}

local function take(index, count)
    if count <= 0 then
        return
    end
    local pending = redis.call('XPENDING', KEYS[index], ARGV[1], 'IDLE', ARGV[3], from[index] or '-', '+', count)
    for _, held in ipairs(pending) do
        from[index] = '(' .. held[1]
        local entry = redis.call('XCLAIM', KEYS[index], ARGV[1], ARGV[2], ARGV[3], held[1])[1]
        if entry and entry[2] then
            taken[#taken + 1] = {index, entry[1], entry[2][2] or ''}
        else
            redis.call('XACK', KEYS[index], ARGV[1], held[1])
        end
    end
end

local wanted = 0
for index = 1, #KEYS do
    local share = tonumber(ARGV[3 + index])
    wanted = wanted + share
    take(index, share)
end
for index = 1, #KEYS do
    take(index, wanted - #taken)
end
return taken
