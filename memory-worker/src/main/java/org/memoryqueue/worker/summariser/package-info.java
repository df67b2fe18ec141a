/** Which summariser this worker uses. */
@NullMarked
package org.memoryqueue.worker.summariser;

import org.jspecify.annotations.NullMarked;
