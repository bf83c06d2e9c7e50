-- wrk script: POST the body of a file, print the result as one line of JSON.
-- Arguments: body file, bearer token. Where the body holds the mark, each request has a number of
-- its own in its place, so that no cache has seen it before.

local mark, digits = "#########", "%09d"
local before, after
local number = 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local body = file:read("*a")
  file:close()
  wrk.method = "POST"
  wrk.body = body
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. args[2]
  local at = body:find(mark, 1, true)
  if not at then
    before, after = nil, nil
    return
  end
  local whole = wrk.format()
  at = whole:find(mark, 1, true)
  before, after = whole:sub(1, at - 1), whole:sub(at + #mark)
  number = os.time() % 100000 * 10000
end

function request()
  if not before then
    return wrk.format()
  end
  number = number + 1
  return before .. digits:format(number % 1000000000) .. after
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
