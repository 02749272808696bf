"""What Redis does, in one step each: let a call go, give back, renew. Times are microseconds.

A call that may go is given a time, and promises to go between that time and `slack` later. What is
kept of it is the later one: whoever counts on it counts from there, so that a strict window is
never overfull however late a call goes. New calls never go before one that has been promised.
"""

# KEYS: one a bound. ARGV: id, slack, lease, patience, then for each bound kind, count, span, cost.
# Gives {1, micros until it may go}, or {0, micros until it is to ask again}.
ADMIT = """
local id, slack, lease, patience = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local at, holds, turn = now, false, true
local function bound(index)
  local first = 4 + (index - 1) * 4
  return ARGV[first + 1], tonumber(ARGV[first + 2]), tonumber(ARGV[first + 3]),
    tonumber(ARGV[first + 4])
end
for index, key in ipairs(KEYS) do
  local kind, count, span, cost = bound(index)
  if kind == 'slots' then
    holds = true
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    local seen, queue = key .. ':seen', key .. ':queue'
    for _, gone in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now)) do
      redis.call('ZREM', queue, gone)
      redis.call('ZREM', seen, gone)
    end
    if not redis.call('ZSCORE', queue, id) then
      redis.call('ZADD', queue, redis.call('INCR', key .. ':number'), id)
    end
    redis.call('ZADD', seen, now + patience, id)
    if redis.call('ZRANK', queue, id) >= count - redis.call('ZCARD', key) then turn = false end
  elseif kind == 'spacing' then
    local empty = tonumber(redis.call('HGET', key, 'empty') or '0')
    at = math.max(at, empty - (count - cost) * span)
  else
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now - span)
    local newest = redis.call('ZREVRANGE', key, 0, 0, 'WITHSCORES')
    if newest[2] then at = math.max(at, newest[2] - slack) end
    if kind == 'points' then
      local taken, from = 0, 0
      while true do
        local some = redis.call('ZREVRANGE', key, from, from + 99, 'WITHSCORES')
        if #some == 0 then break end
        for place = 1, #some, 2 do
          taken = taken + tonumber(string.match(some[place], ':(%d+)$'))
          if taken + cost > count then
            at = math.max(at, some[place + 1] + span)
            from = -1
            break
          end
        end
        if from < 0 then break end
        from = from + 100
      end
    else
      local full = redis.call('ZREVRANGE', key, count - 1, count - 1, 'WITHSCORES')
      if full[2] then at = math.max(at, full[2] + span) end
    end
  end
end
at = math.ceil(at)
if not turn then return {0, patience / 4} end
if holds and at > now then return {0, math.min(at - now, patience / 4)} end
local late = at + slack
for index, key in ipairs(KEYS) do
  local kind, count, span, cost = bound(index)
  local kept = math.ceil((late - now + span * count) / 1000) + 60000
  if kind == 'slots' then
    redis.call('ZREM', key .. ':queue', id)
    redis.call('ZREM', key .. ':seen', id)
    redis.call('ZADD', key, now + lease, id)
    for _, ending in ipairs({'', ':queue', ':seen', ':number'}) do
      redis.call('PEXPIRE', key .. ending, math.ceil(lease / 1000) + 3600000)
    end
  elseif kind == 'spacing' then
    local empty = tonumber(redis.call('HGET', key, 'empty') or '0')
    redis.call('HSET', key, 'before', string.format('%.0f', empty), 'id', id,
      'empty', string.format('%.0f', math.max(empty, late) + cost * span))
    redis.call('PEXPIRE', key, kept)
  else
    redis.call('ZADD', key, string.format('%.0f', late), id .. ':' .. cost)
    redis.call('PEXPIRE', key, math.ceil((late - now + span) / 1000) + 60000)
  end
end
return {1, at - now}
"""

# KEYS: one a bound. ARGV: id, whether the call was sent, then for each bound kind and cost.
LEAVE = """
local id, used = ARGV[1], ARGV[2] == '1'
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
for index, key in ipairs(KEYS) do
  local kind, cost = ARGV[1 + index * 2], ARGV[2 + index * 2]
  if kind == 'slots' then
    redis.call('ZREM', key, id)
    redis.call('ZREM', key .. ':queue', id)
    redis.call('ZREM', key .. ':seen', id)
  elseif kind == 'spacing' then
    if not used and redis.call('HGET', key, 'id') == id then
      redis.call('HSET', key, 'empty', redis.call('HGET', key, 'before'), 'id', '')
    end
  elseif not used then
    redis.call('ZREM', key, id .. ':' .. cost)
  elseif kind == 'interval' and redis.call('ZSCORE', key, id .. ':' .. cost) then
    redis.call('ZADD', key, string.format('%.0f', now), id .. ':' .. cost)
  end
end
return 1
"""

# KEYS: the slots that are held. ARGV: lease, then an id for each.
RENEW = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
for index, key in ipairs(KEYS) do
  if redis.call('ZSCORE', key, ARGV[1 + index]) then
    redis.call('ZADD', key, now + tonumber(ARGV[1]), ARGV[1 + index])
  end
end
return 1
"""
