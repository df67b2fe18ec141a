/** Looking after the queue. */
@NullMarked
package org.memoryqueue.api.admin;

import org.jspecify.annotations.NullMarked;
