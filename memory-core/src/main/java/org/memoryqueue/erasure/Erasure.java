package org.memoryqueue.erasure;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record that something was erased, which names nobody: a hash is SHA-256 of the salt followed by the id in UTF-8.
 *
 * @param id tells it from others
 * @param at when; what was accepted later is not concerned
 * @param salt 16 bytes in hexadecimal
 * @param studentHash 32 bytes in hexadecimal
 * @param chatbotHash 32 bytes in hexadecimal; null where the data with all chatbots were erased
 */
public record Erasure(
        UUID id,
        OffsetDateTime at,
        String salt,
        String studentHash,
        @Nullable String chatbotHash) {}
