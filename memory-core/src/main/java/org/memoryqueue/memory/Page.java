package org.memoryqueue.memory;

import java.util.List;
import java.util.Optional;

/**
 * A page of memories, newest first.
 *
 * @param memories at most as many as asked for
 * @param next where the next page starts; empty on the last page
 */
public record Page(List<Memory> memories, Optional<Cursor> next) {}
