package io.github.zoomtranscriber.observe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Patience;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Nobody who asks the ledger waits for another's question, and the ledger is not asked twice at a time. */
class AskedTest {

    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private int answers;
    private final Asked<Integer> asked = new Asked<>(() -> ++answers, questions::add);

    @Test
    void whoeverAsksWhileThereIsNoAnswerSharesTheOneQuestionAndHearsSo() {
        for (int i = 0; i < 200; i++) {
            UnansweredException none = assertThrows(UnansweredException.class, () -> asked.get(Duration.ZERO));
            assertTrue(none.getMessage().startsWith("The ledger's database has not answered for "), none::getMessage);
        }

        assertEquals(1, questions.size());
        assertNull(asked.last());
    }

    @Test
    void anAnswerThatComesLateIsKnownAndTheNextOneIsAskedForAnew() {
        assertThrows(UnansweredException.class, () -> asked.get(Duration.ZERO));
        questions.remove().run();
        assertEquals(1, asked.last());

        assertThrows(UnansweredException.class, () -> asked.get(Duration.ZERO));

        assertEquals(1, questions.size());
        assertEquals(1, asked.last());
    }

    @Test
    void whoeverWaitsHearsTheAnswer() {
        Thread database = new Thread(() -> {
            await().until(() -> !questions.isEmpty());
            questions.remove().run();
        });
        database.start();

        assertEquals(1, asked.get(Patience.LONG));
    }
}
