@NullMarked
package org.memoryqueue.worker;

import org.jspecify.annotations.NullMarked;
