package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChatFileTest {

    private static List<ChatMessage> read(String chat) {
        return new Documents().chat(chat).read().chat();
    }

    @Test
    void theCloudsFileCountsFromTheStartOfTheRecording() {
        assertEquals(
                List.of(new ChatMessage(2000, "Jo Lind", "Hello: all"), new ChatMessage(62_000, "Ada", "Two\nlines")),
                read("00:01:02\tAda:\tTwo\r\n\tlines\r\n\r\n00:00:02\tJo Lind:\tHello: all\r\n"));
    }

    @Test
    void zoomsProgramsCountByTheClock() {
        assertEquals(
                List.of(new ChatMessage(20_000, "Jo Lind", "Hello"), new ChatMessage(25_000, "Ada", "Just us")),
                read(
                        "09:00:30 From Jo Lind to Everyone:\n\tHello\n09:00:35 From Ada to Jo Lind (Direct Message) : Just us"));
    }

    @Test
    void timesBeyondTheRecordingThatTheClockDoesNotExplainStay() {
        assertEquals(List.of(new ChatMessage(7_200_000, "Ada", "late")), read("02:00:00\tAda:\tlate"));
    }

    @Test
    void anythingElseIsNoChat() {
        assertEquals(List.of(), read("<html>Only the host can download</html>"));
        assertEquals(List.of(new ChatMessage(1000, "", "no name")), read("00:00:01 no name"));
    }
}
