package org.memoryqueue.summariser.openai;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.memoryqueue.transcript.Fingerprint;
import org.memoryqueue.transcript.Message;

/**
 * Marks with which our own lines begin in a prompt, so that nobody whose words stand between them can write such a line:
 * a mark is a keyed hash of all that was said (HMAC-SHA-256, RFC 2104, cut to 80 bits), and the key is in this process
 * alone. The same transcript has the same mark, so that a call that is made again is the same call.
 */
final class Fence {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MARK_BYTES = 10;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    Fence(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static Fence withAKeyOfItsOwn() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new Fence(key);
    }

    /** The mark for a conversation: 20 hexadecimal digits. */
    String mark(List<Message> messages) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(Fingerprint.of(messages).toString().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
