-- The quota of one window, on Redis' own clock, in one round trip.
--
-- KEYS  1 epoch   when the windows began to be recorded, in ms; missing after Redis lost its data
--       2 slots   sorted set: slot id -> the moment in ms when it is free again
--       3 lock    exists while Zoho refuses every call to this operation
--       4 asked   exists while a person asked for this operation a short time ago
-- ARGV  1 mode    admit | look | release | begin
--       2 size    calls a period      3 period, ms    4 hold, ms: the call's hard deadline
--       5 person  1 for a person      6 asked for, ms 7 slot id   8 reserve: slots jobs leave to persons
-- Answers {verdict, wait, shut, ...}, ms; verdict 0 admitted, 1 full, 2 locked, 3 held after a loss, 4 lost.
-- `shut` is how long nobody is admitted at all. `look` changes nothing and appends the waits of all taken slots.

local OK, FULL, LOCKED, HELD, LOST = 0, 1, 2, 3, 4
local mode, size, period, hold = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

if mode == 'begin' then
  redis.call('SET', KEYS[1], now, 'NX')
  return {OK, 0, 0}
end

if mode == 'release' then
  -- Added even if it is gone: after a loss the reply of a call in flight brings its slot back.
  redis.call('ZADD', KEYS[2], now + period + 1, ARGV[7])
  redis.call('PEXPIRE', KEYS[2], period + hold + 3600000)
  return {OK, 0, 0}
end

local person = ARGV[5] == '1'
if mode == 'admit' and person then redis.call('SET', KEYS[4], 1, 'PX', ARGV[6]) end

local epoch = redis.call('GET', KEYS[1])
if not epoch then return {LOST, period, period} end

local lock = redis.call('PTTL', KEYS[3])
local held = tonumber(epoch) + period - now

-- A slot still in flight carries its deadline and a period; its reply may come now, so it counts as one period.
local function waits_of(first, last)
  local found = redis.call('ZRANGE', KEYS[2], first, last, 'WITHSCORES')
  local waits = {}
  for i = 2, #found, 2 do waits[#waits + 1] = math.min(tonumber(found[i]) - now, period) end
  return waits
end

if mode == 'admit' then redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now) end
local gone = redis.call('ZCOUNT', KEYS[2], '-inf', now)
local taken = redis.call('ZCARD', KEYS[2]) - gone

local function wait_for(allowed)
  if taken < allowed then return 0 end
  local index = gone + taken - allowed
  return waits_of(index, index)[1]
end

local wait = wait_for(size)
if not person then
  local asked = redis.call('PTTL', KEYS[4])
  if asked > 0 then
    -- The reserve ends when the person's interest does, so a job never waits longer than that for it.
    local reserved = wait_for(math.max(1, size - tonumber(ARGV[8])))
    wait = math.min(reserved, math.max(wait, asked))
  end
end

local shut = math.max(lock, held, 0)
local verdict = OK
if lock > 0 then verdict = LOCKED elseif held > 0 then verdict = HELD elseif wait > 0 then verdict = FULL end
wait = math.max(wait, shut)

if mode == 'look' then
  local answer = {verdict, wait, shut}
  for _, each in ipairs(waits_of(gone, -1)) do answer[#answer + 1] = each end
  return answer
end

if verdict == OK then
  redis.call('ZADD', KEYS[2], now + hold + period, ARGV[7])
  redis.call('PEXPIRE', KEYS[2], period + hold + 3600000)
end
return {verdict, wait, shut}
