/** Reading what is remembered. */
@NullMarked
package org.memoryqueue.api.memories;

import org.jspecify.annotations.NullMarked;
