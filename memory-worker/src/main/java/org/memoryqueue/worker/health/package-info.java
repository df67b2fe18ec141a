/** What probes ask. */
@NullMarked
package org.memoryqueue.worker.health;

import org.jspecify.annotations.NullMarked;
