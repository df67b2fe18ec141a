/** A Postgres of our own, unpacked from a jar and bound to loopback. */
@NullMarked
package org.memoryqueue.local.postgres;

import org.jspecify.annotations.NullMarked;
