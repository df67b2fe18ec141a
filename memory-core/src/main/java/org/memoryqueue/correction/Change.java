package org.memoryqueue.correction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What is to be put right about a memory.
 *
 * @param hidden whether it is to be hidden; null to leave that as it is
 * @param fields the fields of {@link org.memoryqueue.memory.Correction}, by the names that they have in JSON: with what is
 *     right, or null to go back to what the summariser wrote. Others stay as they are
 * @param reason why
 */
public record Change(@Nullable Boolean hidden, ObjectNode fields, String reason) {}
