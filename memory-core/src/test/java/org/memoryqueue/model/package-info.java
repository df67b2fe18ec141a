/** The queue as a state machine: random runs of everything that may happen to it, compared with a small reference. */
@NullMarked
package org.memoryqueue.model;

import org.jspecify.annotations.NullMarked;
