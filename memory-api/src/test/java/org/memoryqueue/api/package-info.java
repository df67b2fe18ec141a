@NullMarked
package org.memoryqueue.api;

import org.jspecify.annotations.NullMarked;
