/**
 * Profiles, stored consent and cap counters in the region's Redis.
 *
 * <p>A profile is one value per data class under a pseudonym, so that what may not be used is never read, and all keys of a subject
 * share a hash slot, so that every act on a subject is one atomic script. A decision costs one command: MGET where the live signals
 * already allow it, a script that asks the stored consent first where they are silent. Reads travel over one long-lived connection per
 * event loop ({@link io.meridian.edge.adapter.redis.RedisLink}), writes over one of their own, so that a slow write never delays a
 * decision.
 *
 * <p>A Redis that does not carry the region's signed mark may have lost opt-outs; nothing is read from it and nothing written to it
 * until an operator marks it.
 *
 * <p>A bulk load parses lines on threads of its own and sends one script per profile, many to a flush, in the order of the file.
 *
 * <p>Only commands of Redis 6.2 are used.
 */
@NullMarked
package io.meridian.edge.adapter.redis;

import org.jspecify.annotations.NullMarked;
