package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.zoomtranscriber.ledger.TestLedger;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What travels with a recording. */
class WorkTest {

    private static final ZoomFile CHAT =
            new ZoomFile("chat_file", "txt", "https://zoom.us/chat?access_token=sEcReT", null);

    @Test
    void whereverItIsShownNoAddressAndNothingThatWasSaidIsShownWithIt() {
        try (TestLedger test = TestLedger.inMemory()) {
            Work work = Work.of(test.claimed("file"))
                    .withHandOff(HandOff.TOKEN)
                    .withDownloadUrl("https://zoom.us/a?access_token=sEcReT")
                    .withAudioUrl("https://zoom.us/a?access_token=sEcReT")
                    .withZoomFiles(Map.of("chat_file", CHAT))
                    .withFileName("Ada");

            assertEquals("file DISCOVERED", work.toString());
            assertEquals("[chat_file]", work.zoomFiles().values().toString());
        }
    }

    @Test
    void aNewAddressForgetsWhereTheOldOneHadLedTo() {
        Work work = Work.of(null)
                .withDownloadUrl("https://zoom.us/a")
                .withSignedUrl("https://ssrweb.zoom.us/a?Signature=x");

        assertNull(work.withDownloadUrl("https://zoom.us/b").signedUrl());
        assertNull(work.withFile(null).downloadUrl());
    }

    @Test
    void aBeanThatLearnsMoreChangesNothingForWhoeverHasTheOldOne() {
        Work before = Work.of(null).withDue(CHAT);

        Work after = before.withZoomFiles(Map.of("chat_file", CHAT));

        assertEquals(CHAT, before.due());
        assertEquals(0, before.zoomFiles().size());
        assertNull(after.due());
        assertEquals(CHAT, after.zoomFiles().get("chat_file"));
    }
}
