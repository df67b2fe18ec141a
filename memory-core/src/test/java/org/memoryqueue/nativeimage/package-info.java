/** Whether the guard of the native executables finds what it is there for. */
@NullMarked
package org.memoryqueue.nativeimage;

import org.jspecify.annotations.NullMarked;
