package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.TestLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One token of Zoom's for all nodes. */
class SharedTokenTest {

    private final TestLedger test = TestLedger.inMemory();
    private final MovableClock clock = new MovableClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        test.close();
    }

    private ZoomTokens node(String secret) {
        ZoomTokens.OAuth login = new ZoomTokens.OAuth("account", "client", secret);
        return new ZoomTokens(
                login,
                (authorization, form) -> answer("token-" + asked.incrementAndGet()),
                new SharedToken(test.another().tokens(), login),
                clock.steady());
    }

    private static JsonNode answer(String token) {
        return AMeeting.read("{\"access_token\":\"" + token + "\",\"expires_in\":3600}");
    }

    private static void get(ZoomTokens node, String token) throws Exception {
        node.keep(answer(token));
        node.asked();
    }

    private static String token(ZoomTokens node) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        node.authorize(exchange);
        return exchange.getMessage().getHeader("Authorization", String.class).substring("Bearer ".length());
    }

    @Test
    void ofManyNodesThatNeedATokenAtOnceOneAsksZoomAndAllHaveWhatItGot() throws Exception {
        List<ZoomTokens> nodes =
                IntStream.range(0, 8).mapToObj(i -> node("secret")).toList();
        List<Future<String>> tokens =
                nodes.stream().map(node -> threads.submit(() -> token(node))).toList();
        for (Future<String> token : tokens) {
            assertEquals("token-1", token.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(1, asked.get());
    }

    @Test
    void whatOneNodeGotTheOthersUse() throws Exception {
        ZoomTokens first = node("secret");
        ZoomTokens second = node("secret");
        assertFalse(first.isAskedForElsewhere());
        assertTrue(first.isStale(), "the first has to ask");
        assertTrue(second.isAskedForElsewhere(), "so the second waits");
        get(first, "token-1");
        assertFalse(second.isAskedForElsewhere());
        assertFalse(second.isStale());
        assertEquals("token-1", token(second));
    }

    @Test
    void ofManyThatFindTheirTokenRefusedOneAsks() throws Exception {
        List<ZoomTokens> nodes =
                IntStream.range(0, 8).mapToObj(i -> node("secret")).toList();
        nodes.get(0).isAskedForElsewhere();
        get(nodes.get(0), "token-1");
        for (ZoomTokens node : nodes) {
            node.isAskedForElsewhere();
            Exchange exchange = new DefaultExchange(new DefaultCamelContext());
            node.authorize(exchange);
            node.refused(exchange.getProperty("zoomToken", int.class));
        }
        List<ZoomTokens> asking = nodes.parallelStream()
                .filter(node -> !node.isAskedForElsewhere())
                .toList();
        assertEquals(1, asking.size());
        get(asking.get(0), "token-2");
        for (ZoomTokens node : nodes) {
            assertFalse(node.isAskedForElsewhere());
            assertEquals("token-2", token(node));
        }
    }

    @Test
    void aTokenThatZoomRefusedIsNotTakenAgain() throws Exception {
        ZoomTokens node = node("secret");
        node.isAskedForElsewhere();
        get(node, "token-1");
        node.refused(1);
        assertFalse(node.isAskedForElsewhere());
        assertTrue(node.isStale(), "there is none but the refused one, so this node asks");
    }

    @Test
    void aNodeThatDiesWhileItAsksHoldsUpTheOthersForAWhileOnly() {
        assertFalse(node("secret").isAskedForElsewhere());
        ZoomTokens second = node("secret");
        assertTrue(second.isAskedForElsewhere());
        test.pass(Duration.ofSeconds(91));
        assertFalse(second.isAskedForElsewhere());
        assertTrue(second.isStale());
    }

    @Test
    void aTokenIsUsedNoLongerThanItIsGood() throws Exception {
        ZoomTokens first = node("secret");
        first.isAskedForElsewhere();
        get(first, "token-1");
        test.pass(Duration.ofMinutes(58));
        ZoomTokens second = node("secret");
        assertFalse(second.isAskedForElsewhere());
        clock.move(Duration.ofSeconds(61));
        assertTrue(second.isStale());
        test.pass(Duration.ofSeconds(61));
        assertFalse(second.isAskedForElsewhere());
        assertTrue(second.isStale(), "too late for another node to take it");
    }

    @Test
    void inTheLedgerTheTokenIsSealedAndAnotherSecretDoesNotOpenIt() throws Exception {
        ZoomTokens first = node("secret");
        first.isAskedForElsewhere();
        get(first, "token-that-nobody-may-see");
        String sealed = test.ledger.tokens().find("zoom").orElseThrow().text();
        assertFalse(new String(Base64.getDecoder().decode(sealed), StandardCharsets.ISO_8859_1).contains("token"));
        ZoomTokens rotated = node("another secret");
        assertFalse(rotated.isAskedForElsewhere());
        assertTrue(rotated.isStale(), "it has to ask");
    }

    @Test
    void whatWasTamperedWithIsNoToken() throws Exception {
        ZoomTokens first = node("secret");
        first.isAskedForElsewhere();
        get(first, "token-1");
        Ledger ledger = test.ledger;
        byte[] sealed = Base64.getDecoder()
                .decode(ledger.tokens().find("zoom").orElseThrow().text());
        for (byte[] bad :
                List.of(Arrays.copyOf(sealed, 5), Arrays.copyOf(sealed, sealed.length - 1), flipped(sealed))) {
            ledger.tokens().put("zoom", Base64.getEncoder().encodeToString(bad), Duration.ofHours(1));
            ZoomTokens node = node("secret");
            assertFalse(node.isAskedForElsewhere());
            assertTrue(node.isStale());
            node.asked();
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[copy.length / 2] ^= 1;
        return copy;
    }

    @Test
    void twoSealsOfOneTokenDiffer() throws Exception {
        ZoomTokens node = node("secret");
        node.isAskedForElsewhere();
        get(node, "token-1");
        String once = test.ledger.tokens().find("zoom").orElseThrow().text();
        get(node, "token-1");
        assertFalse(once.equals(test.ledger.tokens().find("zoom").orElseThrow().text()));
    }
}
