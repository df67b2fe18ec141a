/** Numbers of the queue for Prometheus. */
@NullMarked
package org.memoryqueue.api.metrics;

import org.jspecify.annotations.NullMarked;
