/** The offline summariser: deterministic, quoting, without a network. */
@NullMarked
package org.memoryqueue.summariser.extractive;

import org.jspecify.annotations.NullMarked;
