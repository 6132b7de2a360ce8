package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.IngestPipeline;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.Exposures;
import java.util.List;

/**
 * The scripts that run inside Redis, where an act on a subject is atomic. KEYS[1] is always the stored consent.
 *
 * <p>Writing scripts answer with one letter: K done, D seen before, E erased, N not permitted, R changed meanwhile, P partly closed by
 * consent, O outdated by what is stored, F too old to know whether it was seen. All keys of a call share a slot.
 */
final class Scripts {
    /** What was stored cannot be understood: how a script says so. */
    static final String MALFORMED = "MALFORMED";

    /** Events remembered per subject against being counted twice: the latest, by the time they happened. */
    static final int MAX_EVENTS = 512;

    /** How long after it happened an event is remembered, in seconds: as long as it is accepted, by whichever clock. */
    static final int EVENT_SECONDS = (int) ((IngestPipeline.MAX_AGE_MILLIS + IngestPipeline.MAX_SKEW_MILLIS) / 1000);

    /**
     * consent(raw) gives version-checked fields (an absent record is one that says nothing), nil if malformed. open(…) is the rule of who
     * may see or write a class: some purpose is agreed to, explicitly agreed to, or open unless refused, and a refusal wins; where the
     * first mask is -1 nobody is asked.
     */
    private static final String COMMON = """
            local function consent(raw)
              if not raw then return {1, 0, 0, 0, 0, false, 0} end
              local ok, c = pcall(cmsgpack.unpack, raw)
              if not ok or type(c) ~= 'table' or c[1] ~= 1 then return nil end
              for i = 2, 5 do if type(c[i]) ~= 'number' then return nil end end
              if type(c[6]) ~= 'boolean' then return nil end
              c[7] = tonumber(c[7]) or 0
              return c
            end
            local function open(c, given, explicit, unless)
              if given < 0 then return true end
              local some = bit.bor(bit.band(c[2], given), bit.band(c[3], explicit), unless)
              return bit.band(some, bit.bnot(c[4])) ~= 0
            end
            """;

    /**
     * Reads the consent and the classes it opens. KEYS[2..]: classes; ARGV: per class ifGiven, ifExplicit,
     * unlessRefused. Answers an array: consent, then per class the value, nil if there is none, 0 if the class is not open.
     */
    static final Script READ = Script.of(COMMON + """
            local raw = redis.call('GET', KEYS[1])
            local c = consent(raw)
            if not c then return redis.error_reply('MALFORMED consent') end
            local out = {raw}
            for i = 2, #KEYS do
              local a = (i - 2) * 3
              local given = tonumber(ARGV[a + 1])
              if c[6] or not open(c, given, tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])) then
                out[i] = 0
              else
                out[i] = redis.call('GET', KEYS[i])
              end
            end
            return out
            """);

    /**
     * Sets classes. ARGV per class: '*' or '=' and the value it must still have, new value ('' deletes), seconds to live (0: what is
     * left to the old value), ifGiven, ifExplicit, unlessRefused. Deleting is always permitted.
     */
    static final Script PUT = Script.of(COMMON + """
            local c = consent(redis.call('GET', KEYS[1]))
            if not c then return 'N' end
            if c[6] then return 'E' end
            for i = 2, #KEYS do
              local a = (i - 2) * 6
              if ARGV[a + 2] ~= '' and not open(c, tonumber(ARGV[a + 4]), tonumber(ARGV[a + 5]), tonumber(ARGV[a + 6])) then
                return 'N'
              end
              if ARGV[a + 1] ~= '*' and ARGV[a + 1] ~= '=' .. (redis.call('GET', KEYS[i]) or '') then return 'R' end
            end
            for i = 2, #KEYS do
              local a = (i - 2) * 6
              if ARGV[a + 2] == '' then
                redis.call('DEL', KEYS[i])
              elseif ARGV[a + 3] == '0' then
                redis.call('SET', KEYS[i], ARGV[a + 2], 'KEEPTTL')
              else
                redis.call('SET', KEYS[i], ARGV[a + 2], 'EX', ARGV[a + 3])
              end
            end
            return 'K'
            """);

    /**
     * Stores a consent and deletes KEYS[2..]. ARGV: record, purposes given, explicit, refused, when it was said in epoch milliseconds,
     * classes it closes.
     *
     * <p>A tombstone yields only to an agreement said after the erasure. Of two statements the later stands. Of two of the same time
     * only what both agree to is left, and what either refuses is refused. A stored time that is still to come comes of a clock that is
     * fast and proves nothing: what is said before it counts as said at the same time, so that a withdrawal is not lost.
     */
    static final Script STORE_CONSENT = Script.of(COMMON + """
            local raw = redis.call('GET', KEYS[1])
            local c = consent(raw)
            local given, explicit, at = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[5])
            local record, kept = ARGV[1], 'K'
            if raw and c and c[6] then
              if given == 0 or at <= c[5] then return 'E' end
            elseif raw and c and at <= c[5] then
              local time = redis.call('TIME')
              if at < c[5] and c[5] <= time[1] * 1000 + math.floor(time[2] / 1000) then return 'O' end
              local refused = bit.bor(c[4], tonumber(ARGV[4]))
              local left = bit.band(c[2], given, bit.bnot(refused))
              local plainly = bit.band(c[3], explicit, bit.bnot(refused))
              if left ~= given or plainly ~= explicit then kept = 'O' end
              record = cmsgpack.pack({1, left, plainly, refused, c[5], false, bit.bor(c[7], tonumber(ARGV[6]))})
            end
            for i = 2, #KEYS do redis.call('DEL', KEYS[i]) end
            redis.call('SET', KEYS[1], record)
            return kept
            """);

    /** Deletes KEYS[2..] and leaves a tombstone. ARGV: record, seconds to live. */
    static final Script ERASE = Script.of("""
            for i = 2, #KEYS do redis.call('DEL', KEYS[i]) end
            redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
            return 'K'
            """);

    /**
     * Notes an event once and, if an offer is given, counts an impression. KEYS: consent, events, counters. ARGV: event, ifGiven,
     * ifExplicit, unlessRefused, then offer ('' counts nothing), placement, epoch second. Counters that cannot be understood are begun
     * anew: left alone they would make every later read of the subject fail.
     *
     * <p>The memory is ordered by when events happened. While it is full, whatever was pushed out of it is no later than the earliest
     * left; so an event that is no later either may have been counted, and is not counted (again).
     */
    static final Script EVENT = Script.of(COMMON
            + """
            local c = consent(redis.call('GET', KEYS[1]))
            if not c then return 'N' end
            if c[6] then return 'E' end
            if not open(c, tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])) then return 'N' end
            local now = tonumber(redis.call('TIME')[1])
            local at, forgotten = tonumber(ARGV[7]), now - %1$d
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', forgotten)
            if redis.call('ZSCORE', KEYS[2], ARGV[1]) then return 'D' end
            if redis.call('ZCARD', KEYS[2]) >= %2$d then
              forgotten = tonumber(redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2])
            end
            if at <= forgotten then return 'F' end
            redis.call('ZADD', KEYS[2], at, ARGV[1])
            redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -%2$d - 1)
            redis.call('EXPIRE', KEYS[2], %1$d)
            if ARGV[5] == '' then return 'K' end
            at = math.min(at, now)
            local oldest = now - %3$d
            if at <= oldest then return 'K' end
            local raw = redis.call('GET', KEYS[3])
            local ok, known = true, {}
            if raw then ok, known = pcall(cmsgpack.unpack, raw) end
            if not ok or type(known) ~= 'table' then known = {} end
            local entries, found = {}, nil
            for _, entry in ipairs(known) do
              local fine = type(entry) == 'table' and type(entry[3]) == 'table'
              local times = {}
              if fine then
                for _, t in ipairs(entry[3]) do if type(t) == 'number' and t > oldest then times[#times + 1] = t end end
              end
              if fine and entry[1] == ARGV[5] and entry[2] == ARGV[6] then
                found = {entry[1], entry[2], times}
                entries[#entries + 1] = found
              elseif #times > 0 then
                entries[#entries + 1] = {entry[1], entry[2], times}
              end
            end
            if not found then
              found = {ARGV[5], ARGV[6], {}}
              entries[#entries + 1] = found
            end
            local times = found[3]
            times[#times + 1] = at
            table.sort(times)
            while #times > %4$d do table.remove(times, 1) end
            while #entries > %5$d do
              local longest, seen = 1, math.huge
              for i, entry in ipairs(entries) do
                local last = entry[3][#entry[3]]
                if last < seen then longest, seen = i, last end
              end
              table.remove(entries, longest)
            end
            redis.call('SET', KEYS[3], cmsgpack.pack(entries), 'EX', %3$d)
            return 'K'
            """.formatted(
                            EVENT_SECONDS,
                            MAX_EVENTS,
                            FrequencyCap.MAX_WINDOW_SECONDS,
                            Exposures.MAX_TIMES,
                            Exposures.MAX_ENTRIES));

    /**
     * Sets classes in bulk. ARGV: consent record ('' for none), when it was said, mask of the classes it closes; then per class its bit,
     * value, seconds to live. Never touches a subject whose tombstone stands, a newer consent, or a class that a consent closed.
     */
    static final Script LOAD = Script.of(COMMON + """
            local raw = redis.call('GET', KEYS[1])
            local c = consent(raw)
            if not c then return 'N' end
            if c[6] then return 'E' end
            local closed = c[7]
            if ARGV[1] ~= '' and (not raw or tonumber(ARGV[2]) > c[5]) then
              redis.call('SET', KEYS[1], ARGV[1])
              closed = tonumber(ARGV[3])
            end
            local kept = 'K'
            for i = 2, #KEYS do
              local a = 3 + (i - 2) * 3
              local value = ARGV[a + 2]
              if bit.band(closed, tonumber(ARGV[a + 1])) ~= 0 then
                redis.call('DEL', KEYS[i])
                if value ~= '' then kept = 'P' end
              elseif value ~= '' then
                redis.call('SET', KEYS[i], value, 'EX', ARGV[a + 3])
              end
            end
            return kept
            """);

    /** What a connection for decisions runs. */
    static final List<Script> READING = List.of(READ);

    /** What a connection for statements of consent runs, where there is one. */
    static final List<Script> CONSENTING = List.of(STORE_CONSENT, ERASE);

    /** What a connection for changes runs. */
    static final List<Script> WRITING = List.of(PUT, STORE_CONSENT, ERASE, EVENT, LOAD);

    private Scripts() {}
}
