/** The whole system on one machine, by one command: what is behind {@code ./run}. */
@NullMarked
package org.memoryqueue.local;

import org.jspecify.annotations.NullMarked;
