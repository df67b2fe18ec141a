/** The index of what is due, in Redis Streams: it may be empty, wrong or gone at any time. */
@NullMarked
package org.memoryqueue.dispatch;

import org.jspecify.annotations.NullMarked;
