/** What probes and dashboards ask. */
@NullMarked
package org.memoryqueue.api.health;

import org.jspecify.annotations.NullMarked;
