/** Accepting sessions: each becomes a committed row before it is answered, and one session is one job. */
@NullMarked
package org.memoryqueue.intake;

import org.jspecify.annotations.NullMarked;
