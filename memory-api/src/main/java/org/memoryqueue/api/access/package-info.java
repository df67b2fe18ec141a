/**
 * Who calls, and what they may do: deny by default. What a role may do is in {@link org.memoryqueue.api.access.Rules}, on
 * whom they may do it in {@link org.memoryqueue.api.access.Caller}, and both as a table in docs/access.md.
 */
@NullMarked
package org.memoryqueue.api.access;

import org.jspecify.annotations.NullMarked;
