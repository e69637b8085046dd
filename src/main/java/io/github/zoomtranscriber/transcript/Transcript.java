package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * One recording and what was said in it: what every format is made from.
 *
 * @param meeting what Zoom knows
 * @param id AssemblyAI's id of the transcript; "" where there is none
 * @param model the speech model that was used; "" where AssemblyAI does not say
 * @param languageCode AssemblyAI's, such as {@code en_us}; "" where unknown
 * @param speakers in the order in which they are first heard; empty where nobody tells them apart
 * @param turns in the order of their start
 * @param chapters in the order of their start
 * @param summary paragraphs or points
 * @param actionItems what somebody is to do, as AssemblyAI heard it
 * @param highlights the most important first
 * @param chat in the order of their time
 * @param notes what a reader ought to know about this transcript, each a sentence
 * @param outline the kept JSON that all this was read from, without what can be long: AssemblyAI's words and utterances
 * @param source all of that JSON, untouched
 * @param redaction what of it is not written
 */
public record Transcript(
        Meeting meeting,
        String id,
        String model,
        String languageCode,
        List<Speaker> speakers,
        List<Turn> turns,
        List<Chapter> chapters,
        List<String> summary,
        List<String> actionItems,
        List<Highlight> highlights,
        List<ChatMessage> chat,
        List<String> notes,
        JsonNode outline,
        Source source,
        Redaction redaction) {

    /** What files say that have nothing to say. */
    static final String NO_SPEECH = "No speech was found in this recording.";

    /**
     * Where the kept JSON of a recording is. It may be long, so it is read as often as it is needed, and never held.
     */
    @FunctionalInterface
    public interface Source {
        /** @return all of it, to be closed by the caller */
        Reader open() throws IOException;
    }

    public Transcript {
        speakers = List.copyOf(speakers);
        turns = List.copyOf(turns);
        chapters = List.copyOf(chapters);
        summary = List.copyOf(summary);
        actionItems = List.copyOf(actionItems);
        highlights = List.copyOf(highlights);
        chat = List.copyOf(chat);
        notes = List.copyOf(notes);
    }

    /**
     * Reads the kept JSON of one recording; whatever is in it will do.
     *
     * @param source {@code {"zoom": {...}, "assemblyai": {...}}}; everything in it may be missing
     * @param mode where speakers' names may come from
     * @throws IOException if it is no JSON, or cannot be read
     */
    public static Transcript read(Source source, SpeakerNames.Mode mode) throws IOException {
        return new TranscriptReader(source, mode).read();
    }

    /** @return whether nothing was said */
    public boolean isSpeechless() {
        return turns.isEmpty();
    }

    /** @return what a person calls the meeting, also where it has no topic */
    public String title() {
        return meeting.topic().isEmpty() ? "Meeting" : meeting.topic();
    }

    /** @return everything that is to be read, in its order: chapters, what was said in paragraphs, and the chat */
    public List<Passage> passages() {
        return new Passages(this).all();
    }
}
