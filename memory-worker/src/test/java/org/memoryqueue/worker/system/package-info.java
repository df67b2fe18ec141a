@NullMarked
package org.memoryqueue.worker.system;

import org.jspecify.annotations.NullMarked;
