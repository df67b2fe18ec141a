/** What a session can be about, and how that is spelt. */
@NullMarked
package org.memoryqueue.topic;

import org.jspecify.annotations.NullMarked;
