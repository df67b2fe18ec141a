/** {@code ./run import-bull}: takes over what still waits in the queue of the old system. */
@NullMarked
package org.memoryqueue.local.migrate;

import org.jspecify.annotations.NullMarked;
