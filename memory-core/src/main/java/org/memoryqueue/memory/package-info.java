/** What is remembered of a session, and where it is kept. */
@NullMarked
package org.memoryqueue.memory;

import org.jspecify.annotations.NullMarked;
