/** Whether the queue hands out work. */
@NullMarked
package org.memoryqueue.control;

import org.jspecify.annotations.NullMarked;
