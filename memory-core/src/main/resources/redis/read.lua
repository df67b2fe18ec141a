-- Takes entries for a consumer: first each stream's share, then, where a stream had fewer, more from the others in the
-- order of the keys. One round trip, and never more entries than asked for.
--
-- KEYS     the streams, the most urgent first
-- ARGV     group, consumer, then one share for each stream
-- Returns  a list of {index of the stream (from 1), entry id, value of the first field or ""}
-- Errors   NOGROUP when a stream or its group is gone
local taken = {}

local function take(index, count)
    if count <= 0 then
        return
    end
    local reply = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', count, 'STREAMS', KEYS[index], '>')
    if reply then
        for _, entry in ipairs(reply[1][2]) do
            local fields = entry[2]
            taken[#taken + 1] = {index, entry[1], fields and fields[2] or ''}
        end
    end
end

local wanted = 0
for index = 1, #KEYS do
    local share = tonumber(ARGV[2 + index])
    wanted = wanted + share
    take(index, share)
end
for index = 1, #KEYS do
    take(index, wanted - #taken)
end
return taken
