/** The programs that the verification runs. */
@NullMarked
package org.memoryqueue.kubernetes.tool;

import org.jspecify.annotations.NullMarked;
