/** What every request has: an id, by which it is found again in the logs. */
@NullMarked
package org.memoryqueue.api.requests;

import org.jspecify.annotations.NullMarked;
