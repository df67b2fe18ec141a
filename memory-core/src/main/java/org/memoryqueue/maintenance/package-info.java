/** Repair and housekeeping of the queue, one duty a class. */
@NullMarked
package org.memoryqueue.maintenance;

import org.jspecify.annotations.NullMarked;
