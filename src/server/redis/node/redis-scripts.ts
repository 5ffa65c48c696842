import { createHash } from 'node:crypto';
import type { RedisScript } from './redis-connection.js';

function script(lua: string): RedisScript {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** One command with its arguments, such as `['SADD', key, member]`. */
export type RedisCommand = readonly string[];

/**
 * Compare and set. KEYS: documents. ARGV: the version that each is expected to have (empty: it does not exist), then a
 * JSON list of commands. Runs the commands if all versions are as expected. Otherwise returns version and text of each
 * document, one after the other.
 */
export const compareAndSet = script(`
local found = {}
local differs = false
for index, key in ipairs(KEYS) do
  local version = redis.call('HGET', key, 'version') or ''
  if version ~= ARGV[index] then differs = true end
  found[2 * index - 1] = version
end
if differs then
  for index, key in ipairs(KEYS) do found[2 * index] = redis.call('HGET', key, 'text') or '' end
  return found
end
for _, command in ipairs(cjson.decode(ARGV[#KEYS + 1])) do redis.call(unpack(command)) end
return false
`);

/** KEYS: documents. Returns version and text of each, one after the other; both empty: it does not exist. */
export const readDocuments = script(`
local found = {}
for index, key in ipairs(KEYS) do
  found[2 * index - 1] = redis.call('HGET', key, 'version') or ''
  found[2 * index] = redis.call('HGET', key, 'text') or ''
end
return found
`);

/** ARGV: one command. Returns its result. */
export const runCommand = script(`return redis.call(unpack(ARGV))`);

/**
 * KEYS: the leases. ARGV: a node, its channel, the length of a lease (ms). Renews the lease by the clock of Redis, and
 * sends the node a message, which shows that messages arrive. Returns 1 if the lease was still held.
 */
export const renewLease = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[3]), ARGV[1])
redis.call('PUBLISH', ARGV[2], '{"type":"beat"}')
if ends and tonumber(ends) > now then return 1 end
return 0
`);

/**
 * KEYS: the leases. ARGV: the prefix of claims, and how long (ms) a claim holds. Returns the nodes whose lease is over,
 * and that nobody else claims.
 */
export const claimDeadNodes = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local dead = {}
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, 10)) do
  if redis.call('SET', ARGV[1] .. node, '1', 'NX', 'PX', ARGV[2]) then table.insert(dead, node) end
end
return dead
`);

/**
 * KEYS: a sorted set of deadlines. ARGV: the time, the time of the next attempt, and the prefix of the documents that
 * the members name. Returns overdue members, and postpones them, so that one node sees to each.
 */
export const claimOverdue = script(`
local overdue = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 100)) do
  if redis.call('EXISTS', ARGV[3] .. member) == 1 then
    redis.call('ZADD', KEYS[1], ARGV[2], member)
    table.insert(overdue, member)
  else
    redis.call('ZREM', KEYS[1], member)
  end
end
return overdue
`);

/** KEYS: the devices of a user. ARGV: a device, and its node. Removes the device unless it is on another node by now. */
export const removeDevice = script(`
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
return false
`);
