-- Takes tokens from a bucket that is refilled steadily. The bucket is kept as the time at which it will be full again
-- (the generic cell rate algorithm, ITU-T I.371); one that is full is not kept at all. The time is Redis' own.
--
-- KEYS     the bucket
-- ARGV     tokens a second, tokens that it holds, how many are wanted
-- Returns  {taken, left, milliseconds until it is full, milliseconds until the next token}
local rate, size, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local available = math.floor(size - (full - now) * rate + 0.000001)
local taken = math.max(0, math.min(wanted, available))
if taken > 0 then
    full = full + taken / rate
    redis.call('SET', KEYS[1], string.format('%.6f', full), 'PX', math.ceil((full - now) * 1000) + 1)
end
local left = math.max(0, size - (full - now) * rate)
return {taken, math.floor(left + 0.000001), math.ceil((full - now) * 1000), math.ceil(math.max(0, 1 - left) / rate * 1000)}
