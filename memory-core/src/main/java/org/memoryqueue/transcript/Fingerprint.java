package org.memoryqueue.transcript;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A running hash over the spoken messages of a transcript, {@value #STEP} bytes after each message. Two transcripts are
 * the same when their fingerprints are; one is a prefix of the other when its fingerprint is. It tells that without the
 * words, so it can be kept when they are gone.
 *
 * <p>The hash after a message is the first {@value #STEP} bytes of SHA-256 over the hash before it, the first letter of
 * the role, the length of the content in bytes, and the content in UTF-8.
 */
public final class Fingerprint {

    /** Bytes for each message. 128 bits: even deliberate collisions take 2^64 tries. */
    public static final int STEP = 16;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The fingerprint of the spoken messages among these. */
    public static Fingerprint of(List<Message> messages) {
        MessageDigest sha256 = sha256();
        List<Message> spoken = messages.stream().filter(Message::isSpoken).toList();
        ByteBuffer chain = ByteBuffer.allocate(spoken.size() * STEP);
        byte[] previous = new byte[STEP];
        for (Message message : spoken) {
            byte[] content = message.content().getBytes(StandardCharsets.UTF_8);
            sha256.update(previous);
            sha256.update((byte) message.role().charAt(0));
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, content.length));
            previous = Arrays.copyOf(sha256.digest(content), STEP);
            chain.put(previous);
        }
        return new Fingerprint(chain.array());
    }

    /** A fingerprint as it was stored by {@link #bytes()}. */
    public static Fingerprint ofBytes(byte[] bytes) {
        return new Fingerprint(bytes.clone());
    }

    /** Whether the other transcript starts with all of this one, or equals it. */
    public boolean isPrefixOf(Fingerprint other) {
        int length = bytes.length;
        if (length == 0 || length > other.bytes.length) {
            return length == 0;
        }
        // The last step depends on all steps before it.
        return Arrays.equals(bytes, length - STEP, length, other.bytes, length - STEP, length);
    }

    /** The form in which it is stored. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes, Math.max(0, bytes.length - STEP), bytes.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
