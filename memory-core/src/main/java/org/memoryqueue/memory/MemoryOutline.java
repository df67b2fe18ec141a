package org.memoryqueue.memory;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** When a memory was made, and what it is about, as it was corrected. */
public record MemoryOutline(UUID id, OffsetDateTime createdAt, List<String> keyTopics) {}
