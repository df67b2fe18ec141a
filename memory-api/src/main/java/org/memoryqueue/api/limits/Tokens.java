package org.memoryqueue.api.limits;

import java.time.Duration;

/**
 * What a bucket gave.
 *
 * @param taken how many tokens; 0 when it had none
 * @param left how many it still has
 * @param untilFull how long it takes to be full
 * @param untilNext how long until it has one; zero when it does
 */
record Tokens(int taken, int left, Duration untilFull, Duration untilNext) {}
