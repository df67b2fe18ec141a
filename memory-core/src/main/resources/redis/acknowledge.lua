-- Acknowledges entries and deletes them, in one atomic step, so that the length of a stream is what waits plus what is
-- in flight. Entries that are gone already are no error.
--
-- KEYS     the stream
-- ARGV     group, then entry ids (at most a few thousand)
-- Returns  how many entries were deleted
redis.call('XACK', KEYS[1], unpack(ARGV))
return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
