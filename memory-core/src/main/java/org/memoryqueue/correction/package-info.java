/** Putting memories right, and hiding wrong ones. */
@NullMarked
package org.memoryqueue.correction;

import org.jspecify.annotations.NullMarked;
