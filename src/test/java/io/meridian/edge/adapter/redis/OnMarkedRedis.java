package io.meridian.edge.adapter.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests that share a marked Redis, which is empty but for the mark when each begins. */
abstract class OnMarkedRedis {
    static RedisHarness redis;

    @BeforeAll
    static void start() {
        redis = new RedisHarness(true);
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @BeforeEach
    final void empty() {
        redis.clear();
    }
}
