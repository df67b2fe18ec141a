/** A Redis of our own, the system's or one from a jar, bound to loopback. */
@NullMarked
package org.memoryqueue.local.redis;

import org.jspecify.annotations.NullMarked;
