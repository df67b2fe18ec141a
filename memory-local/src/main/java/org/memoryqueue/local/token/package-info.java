/** Tokens for a run on this machine, signed with a key that nobody else has. */
@NullMarked
package org.memoryqueue.local.token;

import org.jspecify.annotations.NullMarked;
