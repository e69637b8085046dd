package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.ledger.Tokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Zoom's token as all nodes have it: in the ledger, sealed with AES-GCM under a key that only those who know the client
 * secret can make. At times a new token of an app has ended the older one (seen at Zoom until 2023), so nodes that each
 * had their own would take turns in ending each other's. Thread-safe.
 */
public final class SharedToken {

    private static final String NAME = "zoom";
    private static final Duration ASKING = Duration.ofSeconds(90);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Tokens tokens;
    private final String secret;
    private final byte[] app;
    private final SecureRandom random = new SecureRandom();

    public SharedToken(Tokens tokens, ZoomTokens.OAuth login) {
        this.tokens = tokens;
        this.app = (login.accountId() + "\n" + login.clientId()).getBytes(StandardCharsets.UTF_8);
        this.secret = login.clientSecret();
    }

    /** @param left how long it may be used */
    record Token(String text, Duration left) {}

    /** The token that some node has got; empty if there is none, or none that this node's secret opens. */
    Optional<Token> find() {
        return tokens.find(NAME).flatMap(stored -> open(stored.text()).map(text -> new Token(text, stored.left())));
    }

    /** Whether this node is to ask Zoom for a new one; else another does. */
    boolean mayAsk() {
        return tokens.mayAsk(NAME, ASKING);
    }

    void put(String token, Duration left) {
        tokens.put(NAME, seal(token), left);
    }

    void asked() {
        tokens.asked(NAME);
    }

    private String seal(String token) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES-GCM", e);
        }
    }

    /**
     * Empty where it was sealed for another app, or under a secret that has been changed since: then a new one is asked
     * for.
     */
    private Optional<String> open(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, bytes);
            return Optional.of(
                    new String(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(app);
        return cipher;
    }

    /**
     * Made when it is needed: commands that call nobody may run without a secret. It is random and long, so one round
     * does.
     */
    private SecretKeySpec key() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return new SecretKeySpec(
                mac.doFinal("zoom-transcriber: the token in the ledger".getBytes(StandardCharsets.UTF_8)), "AES");
    }
}
