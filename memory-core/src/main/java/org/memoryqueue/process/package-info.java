/** The processes of the system: who is at work, on what terms. */
@NullMarked
package org.memoryqueue.process;

import org.jspecify.annotations.NullMarked;
